"""What was printed, and what was not, in words and as JSON-ready values."""

from collections.abc import Iterator
from typing import Any

from schoollib_xl.labels.drawing import Labelled
from schoollib_xl.labels.kinds import LabelKind
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.wording.answer import Answer, Section, columns_of, section_of
from schoollib_xl.wording.places import address

# Label sheets and card are sold in packs of a hundred.
_PACK = 100


def labels_answer(library: Library, done: Labelled) -> Answer:
    """How many, on what, and everything that is not on a label as it is in the ledger."""
    return Answer(done.wanted.kind.value, tuple(_sentences(done)), tuple(_sections(library, done)))


def _sentences(done: Labelled) -> Iterator[str]:
    kind, drawn = done.wanted.kind, done.drawn
    yield from done.sheet_faults
    if done.known:
        yield (
            f"做过、账上没有改的 {done.known} 张没有再做；其中没有真印出来的，"
            "不选“只印上次以后新添的、账上改过的”（--since-last），写上号再做。"
        )
    if not drawn.labels:
        yield f"没有要印的{kind.value}。"
        return
    yield f"{kind.value} {drawn.labels} 张，{drawn.pages} 页，标签纸“{done.sheet.name}”（{done.sheet.note}）。"
    if drawn.pages > _PACK:
        some = (
            "批次或登记号的范围（--batch、--numbers）" if kind.is_of_books else "班级或证号的范围（--class、--numbers）"
        )
        yield (
            f"不用全印的，写上{some}，或者选“只印上次以后新添的、账上改过的”（--since-last），再做一次；"
            f"只打其中几页，打印时选页码。"
        )
    yield "打印时选“实际大小”，不要“适合页面”；先用普通纸印一页，对着标签纸看位置。"
    if kind is LabelKind.READER:
        yield "读者证上有学生姓名，只交给班主任发。"


def _sections(library: Library, done: Labelled) -> Iterator[Section]:
    lacking = [(missing.number, str(address(library, missing.at)), missing.why) for missing in done.missing]
    too_small = [(remark.number, "", remark.why) for remark in done.drawn.left_out]
    if rows := (*lacking, *too_small):
        yield section_of("没有印的", {"编号": 14, "哪里": 20, "为什么": 36}, rows)
    if done.drawn.altered:
        altered = [(remark.number, remark.why) for remark in done.drawn.altered]
        yield section_of("和账上不完全一样的", {"编号": 14, "为什么": 60}, altered)
    if done.outdated:
        kind = done.wanted.kind
        said = f"这些{kind.value}印好以后账上改过，要重印：选“只印上次以后新添的、账上改过的”（--since-last）。"
        columns = columns_of(AccessionRow, accession_no=14) if kind.is_of_books else columns_of(ReaderRow, reader_no=14)
        yield section_of(f"要重印的{kind.value}", columns, [(number,) for number in done.outdated], [said])


def labels_json(done: Labelled) -> dict[str, Any]:
    """The same for other programs."""
    left_out = {remark.number for remark in done.drawn.left_out}
    return {
        "what": done.wanted.kind.value,
        "sheet": done.sheet.name,
        "labels": [label.number for label in done.labels if label.number not in left_out],
        "pages": done.drawn.pages,
        "not_printed": [
            *({"number": missing.number, "why": missing.why} for missing in done.missing),
            *(remark._asdict() for remark in done.drawn.left_out),
        ],
        "altered": [remark._asdict() for remark in done.drawn.altered],
        "outdated": list(done.outdated),
        "sheet_faults": list(done.sheet_faults),
    }
