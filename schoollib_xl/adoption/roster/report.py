"""名册报告: what became of every row of the class lists, who left, and what must be asked."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from schoollib_xl.adoption.journal import RowOutcome, RowRecord
from schoollib_xl.adoption.roster.answers import AGAIN, NEW, QUESTION_COLUMNS, QUESTIONS
from schoollib_xl.adoption.roster.books import Rostered
from schoollib_xl.adoption.roster.matching import Card, RosterDecision, RosterOutcome
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.wording.answer import Answer, Medium, Section, Table, Value, columns_of, section_of

_NO_CHANGE = "没有变动"
_COUNTED = (
    RosterOutcome.KEPT,
    RosterOutcome.MOVED,
    RosterOutcome.SKIPPING,
    RosterOutcome.REPEATING,
    RosterOutcome.JOINED,
    RosterOutcome.TWICE,
    RosterOutcome.OPEN,
)
_LEAVERS = columns_of(ReaderRow, reader_no=14, name=14) | {"原来的班级": 16}
_CLASSES = {"班级": 18, "原来的人数": 14, "现在的人数": 14, "说明": 26}
_ROWS = {"文件": 24, "工作表": 22, "行": 8, "姓名": 14, "班级": 16, "结果": 12}
_SAYS = {
    RosterOutcome.KEPT: ("照旧", "还在该在的班"),
    RosterOutcome.MOVED: ("分班", "同一个年级，换了班"),
    RosterOutcome.SKIPPING: ("跳级", "比该在的年级高一级"),
    RosterOutcome.REPEATING: ("留级", "比该在的年级低一级"),
    RosterOutcome.JOINED: ("转入", "新办了证，号接着原来的编"),
    RosterOutcome.TWICE: ("重复", "另一张名单上已经有这个人"),
    RosterOutcome.OPEN: ("要问", "没有定，看“要问的”"),
}


def roster_answer(done: Rostered, of_her_own: Sequence[str] = ()) -> Answer:
    """The report; `of_her_own` says in sentences what of her own went over."""
    return Answer("名册报告", (verdict(done), *done.sentences), tuple(_sections(done, of_her_own)))


def open_questions(done: Rostered) -> list[RosterDecision]:
    """The rows that are still asked about."""
    return [decision for decision in done.decisions if decision.outcome is RosterOutcome.OPEN]


def unused_rows(done: Rostered) -> list[RowRecord]:
    """Rows of the lists that say something and are nobody's."""
    rows = done.lists.journal.row_records.values()
    return [row for row in rows if row.outcome is RowOutcome.ASIDE and row.is_record]


def needs_attention(done: Rostered) -> bool:
    """Whether there is something left to do: a question, an answer that decides nothing, a row nobody could use."""
    return bool(open_questions(done) or done.sentences or unused_rows(done))


def roster_json(done: Rostered) -> dict[str, Any]:
    """The counts and questions of contract §11."""
    counts = Counter(decision.outcome for decision in done.decisions)
    return {
        "kept": counts[RosterOutcome.KEPT],
        "moved": counts[RosterOutcome.MOVED] + counts[RosterOutcome.SKIPPING],
        "repeating": counts[RosterOutcome.REPEATING],
        "joined": counts[RosterOutcome.JOINED],
        "left": len(done.changes.leavers),
        "questions": [
            {"name_on_list": open_question.row.name, "candidates": [card.number for card in open_question.candidates]}
            for open_question in open_questions(done)
        ],
    }


def verdict(done: Rostered) -> str:
    """What came of the lists, in one sentence."""
    asked = len(open_questions(done))
    counts = Counter(decision.outcome for decision in done.decisions)
    said = "，".join(f"{outcome.value} {counts[outcome]}" for outcome in _COUNTED if counts[outcome])
    left = f"离校停用 {len(done.changes.leavers)} 张证" if done.changes.leavers else "没有停用的证"
    ask = f"，还有 {asked} 行要问，没有定" if asked else "，没有要问的"
    return f"名单 {len(done.decisions)} 行：{said}；{left}{ask}。"


def _sections(done: Rostered, of_her_own: Sequence[str]) -> Iterator[Section]:
    yield Section("合计", (26, 12, 60), (*_notes(done), *of_her_own), [_totals(done), _card_totals(done)])
    if asked := open_questions(done):
        yield _questions(asked)
    yield section_of("离校的", _LEAVERS, list(_leavers(done)), list(_on_leaving(done)))
    if joined := list(_joined(done)):
        columns = columns_of(ReaderRow, reader_no=14, name=14, class_name=16)
        yield section_of("新办的证", columns, joined, ["号接着原来的编。"])
    yield section_of("班级", _CLASSES, list(_classes(done)), ["学生人数照名单改了。"])
    yield section_of("名单逐行", _ROWS, list(_rows(done)), medium=Medium.FILE)


_LEAVERS |= columns_of(ReaderRow, stopped_on=14, stop_reason=12) | {"没还的书": 12}
_ROWS |= columns_of(ReaderRow, reader_no=14) | {"说明": 40}


def _notes(done: Rostered) -> Iterator[str]:
    yield from done.lists.journal.assumed
    if unlisted := done.changes.unlisted:
        yield f"名单里没有、或者只有零星几个人的：{'、'.join(unlisted)}，这些人的证没有停用，班级没有动。"
    if unused := unused_rows(done):
        reasons = Counter(outcome.detail for outcome in unused)
        said = "；".join(f"{reason} {count} 行" for reason, count in reasons.items())
        yield f"名单上有 {len(unused)} 行没有用：{said}，都列在“名单逐行”里。"
    if ungraded := [row.class_name for row in done.changes.classes if row.grade is None]:
        yield f"看不出是几年级的班：{'、'.join(ungraded)}，在“班级”表里补上年级。"
    if without := [one.row.name for one in done.decisions if one.outcome is RosterOutcome.JOINED and _lacks_class(one)]:
        yield f"新来的 {len(without)} 个人看不出是哪个班，在“读者名册”里补上班级。"


def _lacks_class(decision: RosterDecision) -> bool:
    return decision.row.grade != 0 and not decision.row.class_name


def _card_totals(done: Rostered) -> Table:
    tally = done.changes.tally
    rows: list[tuple[Value, ...]] = [
        ("名单上找到的", tally.found, "证号不变，借书记录不动"),
        ("离校停用的", tally.left, "名单上没有的人，和毕业的人"),
        ("要问的", tally.asked, "没有定，证没有停用"),
        ("名单没有管到的", tally.untouched, "没有动"),
        ("原来在用的证", tally.active, "以上各行的和"),
    ]
    return Table("读者证", ("项目", "张数", "说明"), rows, totals=1)


def _totals(done: Rostered) -> Table:
    counts = Counter(decision.outcome for decision in done.decisions)
    rows: list[tuple[Value, ...]] = [(_SAYS[outcome][0], counts[outcome], _SAYS[outcome][1]) for outcome in _COUNTED]
    rows.append(("没有用的行", len(unused_rows(done)), "说明在“名单逐行”里"))
    rows.append(("名单上的行", len(done.decisions) + len(unused_rows(done)), "以上各行的和"))
    return Table("名单", ("项目", "行数", "说明"), rows, totals=1)


def _questions(asked: Sequence[RosterDecision]) -> Section:
    rows: list[tuple[Value, ...]] = []
    for one in asked:
        place = one.row.place
        who = "；".join(_described(card) for card in one.candidates)
        said = (place.file, place.sheet, place.row, one.row.name, one.row.class_name or "", one.reason, who, "")
        rows.append(said)
    sentences = (
        f"“回答”写读者证号，就是这个人；写“{NEW[0]}”，就是另一个人，办新证；写“{AGAIN}”，这一行不算。空着的这次不定，证不停用，也不办新证。",
        "写好存盘，同样的命令后面加上 --answers 和这个文件名，再做一遍。",
    )
    return section_of(QUESTIONS, QUESTION_COLUMNS, rows, sentences)


def _described(card: Card) -> str:
    """A card by number, name and class: that of before where its holder finishes."""
    finished = "，该毕业" if card.has_finished else ""
    stopped = "，已停用" if card.is_stopped else ""
    return f"{card.number} {card.row.name}（{card.row.class_name or '没有班级'}{finished}{stopped}）"


def _on_leaving(done: Rostered) -> Iterator[str]:
    open_loans = sum(_open_loans(done)[leaver.card.reader_no] for leaver in done.changes.leavers)
    yield "证停用，不删；没还的书还记在原来的证上。"
    if open_loans:
        yield f"离校的人还有 {open_loans} 册没有还，先催还。"


def _open_loans(done: Rostered) -> Counter[str]:
    loans: Iterable[LoanRow] = done.ledger_set.rows.get(LoanRow, [])
    return Counter(loan.reader_no for loan in loans if loan.returned_on is None and loan.outcome is None)


def _leavers(done: Rostered) -> Iterator[tuple[Value, ...]]:
    out = _open_loans(done)
    for card, class_name in done.changes.leavers:
        reason = card.stop_reason.value if card.stop_reason else None
        yield card.reader_no, card.name, class_name, card.stopped_on, reason, out[card.reader_no]


def _joined(done: Rostered) -> Iterator[tuple[Value, ...]]:
    for decision in done.decisions:
        if decision.outcome is RosterOutcome.JOINED:
            yield done.changes.numbers[decision.row], decision.row.name, decision.row.class_name


def _classes(done: Rostered) -> Iterator[tuple[Value, ...]]:
    for class_change in done.changes.class_changes:
        said = "新的班" if class_change.is_new else "" if class_change.before == class_change.after else "改了人数"
        yield class_change.class_name, class_change.before, class_change.after, said or _NO_CHANGE


def _rows(done: Rostered) -> Iterator[tuple[Value, ...]]:
    for one in done.decisions:
        place = one.row.place
        number = done.changes.numbers.get(one.row)
        yield (*place, one.row.name, one.row.class_name, one.outcome.value, number, _remark(one, number))
    for outcome in done.lists.journal.row_records.values():
        yield (
            *outcome.place,
            None,
            None,
            "没有用" if outcome.is_record else "不是名单行",
            None,
            f"{outcome.detail}：{outcome.text}",
        )


def _remark(decision: RosterDecision, number: str | None) -> str:
    if decision.outcome is RosterOutcome.OPEN:
        return decision.reason
    if number and decision.row.number and decision.row.number != number:
        return "名单上另写的号没有用，读者证号不变" if decision.card else "名单上写的不是读者证号，另编了号"
    return decision.reason
