"""What was found, as a section of a page: each kind with its reason, its places and its remedy."""

from collections.abc import Collection, Iterator
from itertools import groupby

from schoollib_xl.checks.report import Finding, Report
from schoollib_xl.ledgers.library import Library
from schoollib_xl.pages.html import Html, element, together
from schoollib_xl.wording.findings import message_of
from schoollib_xl.wording.unchecked import unchecked_sentences
from schoollib_xl.wording.zh import SEVERITY

# More of one kind than this is shown by number only: nobody reads on, and the page is loaded again and again.
_SHOWN_OF_A_KIND = 50
# What names a finding whatever line it stands on: its code, the number of its line, and the field.
Identity = tuple[str, str, str]


def identity(finding: Finding) -> Identity:
    """What the finding is about; rows may move and it stays the same."""
    return finding.check.code, str(finding.key), finding.at.field


def findings_section(library: Library, report: Report, fresh: Collection[Identity] = ()) -> Html:
    """Every kind of finding, worst first; those of these identities are marked as new."""
    kinds = groupby(report.findings, key=lambda finding: (finding.check.code, finding.severity))
    found = [_kind(library, list(kind), fresh) for _, kind in kinds] or [element("p", "没有发现对不上的地方。")]
    return element("section", element("h2", "问题"), *found, id="findings")


def unchecked_section(library: Library, report: Report) -> Html:
    """What was not checked and why; nothing where everything was."""
    if not report.unchecked:
        return Html()
    sentences = (element("li", said) for said in unchecked_sentences(library, report.unchecked))
    return element("section", element("h2", "未核对"), element("ul", *sentences), id="unchecked")


def _kind(library: Library, kind: list[Finding], fresh: Collection[Identity]) -> Html:
    check, severity = kind[0].check, kind[0].severity
    is_settled = all(finding.explained for finding in kind)
    heading = element(
        "h3",
        element("span", SEVERITY[severity], class_="badge"),
        check.title,
        element("span", f"{check.code}，{len(kind)} 处{'，都已说明' if is_settled else ''}", class_="aside"),
    )
    return element(
        "article",
        heading,
        element("p", element("b", "为什么要紧　"), check.why),
        element("details", *_places(library, kind, fresh), id=f"{check.code}-{severity}", open="open"),
        element("p", element("b", "怎么改　"), message_of(library, kind[0]).fix),
        class_=f"{severity} settled" if is_settled else severity,
    )


def _places(library: Library, kind: list[Finding], fresh: Collection[Identity]) -> Iterator[Html]:
    yield element("summary", "在哪里")
    # What is new comes first, so that it is among those shown.
    shown = sorted(kind, key=lambda finding: identity(finding) not in fresh)[:_SHOWN_OF_A_KIND]
    yield element("ul", *(_place(library, finding, identity(finding) in fresh) for finding in shown))
    if len(kind) > _SHOWN_OF_A_KIND:
        yield element("p", f"同样的问题还有 {len(kind) - _SHOWN_OF_A_KIND} 处。")


def _place(library: Library, finding: Finding, is_fresh: bool) -> Html:
    said = message_of(library, finding)
    explained = element("span", "已说明", class_="explained") if finding.explained else Html()
    see_also = element("div", f"对照：{said.also}", class_="aside") if said.also else Html()
    new = element("span", "新", class_="new") if is_fresh else Html()
    place = element("span", str(said.at), class_="place")
    return element("li", together(place, said.message, explained, new, see_also), data_sheet=said.at.sheet)
