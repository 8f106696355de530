"""What was found, as a section of a page: each kind with its reason, its places and its remedy."""

from collections.abc import Collection, Iterator

from schoollib_xl.checks.report import Finding, Report
from schoollib_xl.ledgers.library import Library
from schoollib_xl.pages.document import Html, element, together
from schoollib_xl.wording.answer import ON_PAGE
from schoollib_xl.wording.finding_kinds import FindingLine, FoundKind, finding_line, found_kinds
from schoollib_xl.wording.unchecked import unchecked_sentences
from schoollib_xl.wording.zh import SEVERITY

# What names a finding whatever line it stands on: its code, the number of its line, and the field.
Identity = tuple[str, str, str]


def identity(finding: Finding) -> Identity:
    """What the finding is about; rows may move and it stays the same."""
    return finding.check.code, str(finding.key), finding.at.field


def findings_section(library: Library, report: Report, fresh: Collection[Identity] = ()) -> Html:
    """Every kind of finding, worst first; those of these identities are marked as new."""
    kinds = found_kinds(library, report.findings, ON_PAGE, is_new=lambda finding: identity(finding) in fresh)
    found = [_kind(library, kind, fresh) for kind in kinds] or [element("p", "没有发现对不上的地方。")]
    return element("section", element("h2", "问题"), *found, id="findings")


def unchecked_section(library: Library, report: Report) -> Html:
    """What was not checked and why; nothing where everything was."""
    if not report.unchecked:
        return Html()
    sentences = (element("li", said) for said in unchecked_sentences(library, report.unchecked))
    return element("section", element("h2", "未核对"), element("ul", *sentences), id="unchecked")


def _kind(library: Library, kind: FoundKind, fresh: Collection[Identity]) -> Html:
    explained = "，都已说明" if kind.is_explained else ""
    heading = element(
        "h3",
        element("span", SEVERITY[kind.severity], class_="badge"),
        kind.title,
        element("span", f"{kind.code}，{kind.places} 处{explained}", class_="aside"),
    )
    return element(
        "article",
        heading,
        element("p", element("b", "为什么要紧　"), kind.why),
        element("details", *_places(library, kind, fresh), id=f"{kind.code}-{kind.severity}", open="open"),
        element("p", element("b", "怎么改　"), kind.fix),
        class_=f"{kind.severity} settled" if kind.is_explained else kind.severity,
    )


def _places(library: Library, kind: FoundKind, fresh: Collection[Identity]) -> Iterator[Html]:
    yield element("summary", "在哪里")
    yield element("ul", *(_place(finding_line(library, one), identity(one) in fresh) for one in kind.shown))
    if kind.more:
        yield element("p", f"{kind.more}。")


def _place(line: FindingLine, is_fresh: bool) -> Html:
    explained = element("span", line.explained, class_="explained") if line.explained else Html()
    see_also = element("div", line.compared, class_="aside") if line.compared else Html()
    new = element("span", "新", class_="new") if is_fresh else Html()
    place = element("span", str(line.at), class_="place")
    return element("li", together(place, line.message, explained, new, see_also), data_sheet=line.at.sheet)
