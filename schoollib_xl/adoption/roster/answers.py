"""Answers to the questions of a roster report, and what they decide."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.adoption.roster.matching import Card, RosterDecision, RosterOutcome, found
from schoollib_xl.sheets.opening.refusing import Unusable, meant_to_be
from schoollib_xl.sheets.opening.workbook import open_workbook
from schoollib_xl.sheets.reading.recognising import plain_header
from schoollib_xl.sheets.reading.tidy import shown

QUESTIONS = "要问的"
ANSWER = "回答"
_NAMED = {"文件": 22, "工作表": 20, "行": 6, "名单上的姓名": 14}
QUESTION_COLUMNS = _NAMED | {"名单上的班级": 14, "为什么问": 24, "可能是": 44, ANSWER: 14}
NEW = ("新", "新生", "新办", "不是", "另一个人", "新证")
AGAIN = "重复"
_NOT_A_CARD = "{name}（{sheet}第 {row} 行）的回答“{answer}”不是读者证号，也不是“新”，还没有定。"
_TAKEN = "{name}（{sheet}第 {row} 行）的回答“{answer}”已经是另一个人的证，还没有定。"
_NO_QUESTION = "回答里的 {name}（{sheet}第 {row} 行）这次没有要问的，没有用。"
Asked = tuple[str, str, str, str]


class Settled(NamedTuple):
    """The decisions with the answers taken in, and sentences on answers that decide nothing."""

    decisions: list[RosterDecision]
    sentences: list[str]


def read_answers(path: Path) -> dict[Asked, str]:
    """Answers by file, sheet, row and name as the report has them; blank ones are left out.

    Raises Unusable where the file cannot be read or is no roster report.
    """
    with meant_to_be("名册报告", "上次写出的名册报告.xlsx"), open_workbook(path) as opened:
        if QUESTIONS not in opened.sheet_names:
            raise Unusable(f"《{path.name}》里没有“{QUESTIONS}”这张表，换成上次写出的名册报告.xlsx。")
        grid = dict(opened.grids([QUESTIONS]))[QUESTIONS]
    texts = [[shown(value).strip() for value in row] for row in grid]
    header = next((at for at, row in enumerate(texts) if {ANSWER, *_NAMED} <= set(map(plain_header, row))), None)
    if header is None:
        raise Unusable(f"《{path.name}》的“{QUESTIONS}”里没有“{ANSWER}”这一栏，换成上次写出的名册报告.xlsx。")
    at = {plain_header(text): column for column, text in enumerate(texts[header])}
    rows = [[*row, *[""] * (len(at) - len(row))] for row in texts[header + 1 :]]
    return {_asked(row, at): row[at[ANSWER]] for row in rows if row[at[ANSWER]]}


def _asked(row: Sequence[str], at: Mapping[str, int]) -> Asked:
    file, sheet, number, name = (row[at[header]] for header in _NAMED)
    return file, sheet, number, name


def settle(decisions: Iterable[RosterDecision], answers: Mapping[Asked, str], cards: Iterable[Card]) -> Settled:
    """Decide what has been answered: a card's number says it is that person, 新 that it is somebody else. No card is
    given twice.
    """
    settled = _Settling(answers, {card.number: card for card in cards})
    return settled.run(list(decisions))


class _Settling:
    def __init__(self, answers: Mapping[Asked, str], cards: Mapping[str, Card]) -> None:
        self._answers = dict(answers)
        self._cards = cards
        self._sentences: list[str] = []
        self._taken: set[str] = set()

    def run(self, decisions: list[RosterDecision]) -> Settled:
        self._taken = {decision.card.number for decision in decisions if decision.card}
        settled = [self._settled(decision) for decision in decisions]
        self._sentences += [
            _NO_QUESTION.format(name=name, sheet=sheet, row=row) for _, sheet, row, name in self._answers
        ]
        return Settled(settled, self._sentences)

    def _settled(self, decision: RosterDecision) -> RosterDecision:
        row = decision.row
        asked = (row.place.file, row.place.sheet, str(row.place.row), row.name)
        if decision.outcome is not RosterOutcome.OPEN or not (answer := self._answers.pop(asked, "")):
            return decision
        if answer in NEW:
            return RosterDecision(row, RosterOutcome.JOINED)
        if answer == AGAIN:
            return RosterDecision(row, RosterOutcome.TWICE)
        card = self._card(answer)
        if card is None or card.number in self._taken:
            said = _NOT_A_CARD if card is None else _TAKEN
            sheet, line = row.place.sheet, row.place.row
            self._sentences.append(said.format(name=row.name, sheet=sheet, row=line, answer=answer))
            return decision
        self._taken.add(card.number)
        return found(row, card)

    def _card(self, answer: str) -> Card | None:
        """The card of that number; one typed without its leading zeros where no other ends so."""
        if exact := self._cards.get(answer.upper()) or self._cards.get(answer):
            return exact
        ending = [card for number, card in self._cards.items() if answer.isdecimal() and number.lstrip("0") == answer]
        return ending[0] if len(ending) == 1 else None
