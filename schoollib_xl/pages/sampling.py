"""The page of the sample: one box to scan into, the copies to find, the books that were taken, the batches."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from schoollib_xl.inspection.answers import SampleOutcome, Verdict, verdict
from schoollib_xl.inspection.journal import TICK, About, FilledSample, Way
from schoollib_xl.inspection.sample import DEFAULT_COPIES, DEFAULT_SEED, Sample
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.pages.document import Html, element, together
from schoollib_xl.pages.scanning import scan_answer, scan_input
from schoollib_xl.pages.serving import page
from schoollib_xl.wording.inspection.inspection_answer import outcome_sentences
from schoollib_xl.wording.inspection.sampling import HELP, copy_words, read_back_sentence, sample_sentence
from schoollib_xl.wording.zh import say

_CROSS = "×"
_CLASS = {Verdict.YES: "yes", Verdict.NO: "no", Verdict.BLANK: "open", Verdict.UNCLEAR: "open"}


def sample_page(workbook: str, answers: Html) -> str:
    """The whole page; `answers` is what it shows of the sample."""
    nav = element("nav", element("a", "回到账册", href="./"), element("span", workbook, class_="aside"))
    main = element(
        "main", _box(), scan_answer(), element("div", answers, id="sample"), _many(), _drawing(), class_="desk"
    )
    return page(f"抽查 {workbook}", "sample.js", element("header", element("h1", "抽查"), nav), main)


def _box() -> Html:
    ways = (
        element("label", element("input", type="radio", name="way", value=way.value, **_checked(way)), f" {way.value}")
        for way in Way
    )
    helps = (element("p", text, class_="aside help", data_way=way.value, **_hidden(way)) for way, text in HELP.items())
    box = scan_input(aria_label="扫书上的号")
    return element("form", element("p", *ways, class_="ways"), *helps, box, id="scan")


def _checked(way: Way) -> dict[str, str]:
    return {"checked": "checked"} if way is Way.TO_SHELF else {}


def _hidden(way: Way) -> dict[str, str]:
    return {} if way is Way.TO_SHELF else {"hidden": "hidden"}


def _many() -> Html:
    """For what a phone has gathered at the shelf."""
    return element(
        "details",
        element("summary", "手机扫好的一串号"),
        element("p", "手机上的扫码软件扫完，把清单发到这台电脑，一行一个号贴在这里。", class_="aside"),
        element("textarea", id="many", rows="6", aria_label="一行一个号"),
        element("p", element("button", "记下来", type="button", id="take")),
    )


def _drawing() -> Html:
    def number(name: str, label: str, value: int) -> Html:
        blank = element("input", type="number", id=name, min="1", max="100000", value=str(value), required="required")
        return element("label", f"{label} ", blank)

    return element(
        "details",
        element("summary", "抽一批书"),
        element("p", "以前抽的和填的都留着，从这一次重新记。", class_="aside"),
        element("p", number("copies", "册数", DEFAULT_COPIES), " ", number("seed", "抽签号", DEFAULT_SEED)),
        element("p", element("button", "抽", type="button", id="draw")),
        id="drawing",
    )


def answers_html(library: Library, found: FilledSample, sample: Sample, judged: SampleOutcome, journal: str) -> Html:
    """What was drawn, what is answered, and what it allows one to say so far."""
    sheet = found.sheet
    parts = [
        element("p", sample_sentence(found)),
        element("h2", f"照号找书（{judged.answered}/{len(sheet.found)}）"),
        element("ol", *(_copy(copy, sheet.found, sheet.cards) for copy in sample.copies)),
        element("h2", f"照书找号（{judged.taken}/{sum(sample.blanks.values())}）"),
        element("p", _wanted(sample.blanks), class_="aside"),
        element("ul", *(_taken(library, number, judged) for number in sheet.taken)),
        element("h2", f"照批找单据（{judged.batches_answered}/{len(sheet.batches)}）"),
        element("ol", *(_batch(row, sheet.batches) for row in sample.batches)),
        element("h2", "到现在"),
        *(element("p", sentence) for sentence in outcome_sentences(judged, sample)),
        element("p", read_back_sentence(journal), class_="aside"),
    ]
    return together(*parts)


def _copy(copy: AccessionRow, found: Mapping[str, str], cards: Mapping[str, str]) -> Html:
    number = copy.accession_no
    words = (element("b", number), f"《{copy.title}》", element("span", _where(copy), class_="aside"))
    marks = element("span", *_marks(About.COPY, number, found[number], ("找到", "没找到")), class_="marks")
    more = element("span", *_marks(About.CARDS, number, cards[number], ("卡章齐", "不齐")), class_="marks")
    return element("li", *words, marks, more, class_=_CLASS[verdict(found[number])])


def _where(copy: AccessionRow) -> str:
    return " " + " ".join(filter(None, (copy.location, copy.call_number)))


def _marks(about: About, number: str, said: str, labels: Sequence[str]) -> Iterator[Html]:
    """A tick and a cross; pressing the one that holds takes it back."""
    for mark, label, holds in zip((TICK, _CROSS), labels, (Verdict.YES, Verdict.NO), strict=True):
        is_pressed = verdict(said) is holds
        yield element(
            "button",
            f"{mark} {label}",
            type="button",
            data_about=about.value,
            data_number=number,
            data_said="" if is_pressed else mark,
            aria_pressed=str(is_pressed).lower(),
        )


def _wanted(blanks: Mapping[str, int]) -> str:
    return "、".join(f"{place or '任意一处'} {count} 册" for place, count in blanks.items() if count)


def _taken(library: Library, number: str, judged: SampleOutcome) -> Html:
    is_amiss = number in (*judged.unknown, *judged.withdrawn)
    said = "账里查不到" if number in judged.unknown else "已经注销" if is_amiss else "账里有"
    back = element("button", "撤", type="button", data_about=About.TAKEN.value, data_number=number, data_said="")
    return element("li", copy_words(library, number), f" {said} ", back, class_="no" if is_amiss else "yes")


def _batch(row: SummaryRow, said: Mapping[str, str]) -> Html:
    value = "" if row.list_value is None else f"码洋 {row.list_value}"
    when = say(row.registered_on) if row.registered_on else ""
    about = _joined((when, f"{row.copies} 册" if row.copies is not None else "", value, row.voucher_no or ""))
    marks = _marks(About.BATCH, row.batch_no, said[row.batch_no], ("对上了", "对不上"))
    words = (element("b", row.batch_no), element("span", f" {about}", class_="aside"))
    return element("li", *words, element("span", *marks, class_="marks"), class_=_CLASS[verdict(said[row.batch_no])])


def _joined(texts: Iterable[str]) -> str:
    return " ".join(filter(None, texts))
