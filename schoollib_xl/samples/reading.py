"""An ordinary school day at the desk: who comes, which copies are taken from the shelf, what comes back."""

from collections import defaultdict
from datetime import date
from itertools import accumulate
from random import Random

from schoollib_xl.ledgers.supporting.activities import VisitRow
from schoollib_xl.ledgers.supporting.calendar import TurnRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.vocabulary import TurnKind, VisitorKind
from schoollib_xl.ledgers.vocabulary import Circulation, LoanMode, ReaderKind
from schoollib_xl.samples.librarian import Librarian
from schoollib_xl.samples.scale import Scale
from schoollib_xl.samples.stock import SampleStock

# How often each class is asked for against the others: children read stories first.
_PUPILS_TASTE = {
    "I": 100, "J": 18, "N": 14, "K": 14, "Z": 10, "G": 10, "O": 6, "P": 6, "Q": 6, "E": 4, "H": 4, "B": 2,
    "V": 2, "T": 2, "X": 2, "A": 1, "C": 1, "D": 1, "F": 1, "R": 1, "S": 1, "U": 1,
}  # fmt: skip
_TEACHERS_TASTE = {"G": 50, "I": 20, "K": 10, "H": 10, "B": 5, "J": 5}
# A reader gives up after so many books that are out.
_LOOKS = 20
# Habits, as chances: a pupil is away on the day of the turn; a copy due comes back in time; a copy brought
# along is renewed; a teacher looks in and borrows; pupils of a reading lesson look something up.
_AWAY = 0.03
_IN_TIME = 0.95
_RENEWED = 0.04
_TEACHER_BORROWS = 0.04
_LOOKED_UP = 0.5
# How much less likely each further copy is taken at the same turn.
_SATED = 0.6
# Pupils by how keen they are, with how many in a hundred are so: a few never borrow at all.
_KEENNESS = {1.0: 60, 0.85: 25, 0.5: 10, 0.1: 3, 0.0: 2}
_KEENNESS_OF_GRADE_2 = 0.35
_CLASSES_DIFFER = (0.78, 1.08)
_WEDNESDAY = 2
_READINGS = ("绘本阅读", "自由阅览", "看图讲故事", "儿歌诵读", "科普画册阅览")
_TEACHERS_READINGS = ("查教学参考书", "看教育期刊", "备课查资料", "选整本书阅读的书目")


class Browsing:
    """The copies readers may come upon, drawn by class letter as readers of this taste would draw them."""

    def __init__(self, rng: Random, stock: SampleStock, taste: dict[str, int]) -> None:
        self._rng = rng
        self._stock = stock
        self._letters = tuple(taste)
        self._weights = tuple(accumulate(taste.values()))
        self._lending: dict[str, list[str]] = {letter: [] for letter in taste}
        self._reference: list[str] = []
        self._seen = 0
        self.look()

    def look(self) -> None:
        """See what has come in since the last look; what has gone is not found on the shelf."""
        for copy in self._stock.copies[self._seen :]:
            if copy.circulation is Circulation.REFERENCE:
                self._reference.append(copy.accession_no)
            elif copy.class_letter in self._lending:
                self._lending[copy.class_letter].append(copy.accession_no)
        self._seen = len(self._stock.copies)

    def pick(self, reference: bool = False) -> str | None:
        """A copy that is on the shelf, or None where a few looks found none."""
        for _ in range(_LOOKS):
            shelf = self._reference if reference else self._a_shelf()
            if shelf and self._stock.on_shelf(accession_no := self._rng.choice(shelf)):
                return accession_no
        return None

    def _a_shelf(self) -> list[str]:
        letter = self._rng.choices(self._letters, cum_weights=self._weights)[0]
        return self._lending[letter]


class Readers:
    """The readers of a school year, with their habits; all chance comes from one seed.

    Habits are what makes the figures differ: some classes read more than others, some pupils hardly ever.
    """

    def __init__(self, rng: Random, librarian: Librarian, turns: list[TurnRow], scale: Scale) -> None:
        self.visits: list[VisitRow] = []
        self._rng = rng
        self._librarian = librarian
        self._scale = scale
        self._turns: dict[date, list[TurnRow]] = defaultdict(list)
        self._due: dict[date, list[str]] = defaultdict(list)
        self._class_zeal = {row.class_name: self._zeal(row) for row in librarian.cards.classes}
        self._pupil_zeal = {card.reader_no: self._own_zeal() for card in librarian.cards.rows}
        self._pupils: dict[str, list[ReaderRow]] = {}
        self._staff: list[ReaderRow] = []
        self.new_faces()
        self._wanted = Browsing(rng, librarian.stock, _PUPILS_TASTE)
        self._teachers_wanted = Browsing(rng, librarian.stock, _TEACHERS_TASTE)
        for term in (librarian.rulebook.school.previous_term, librarian.rulebook.school.term):
            for turn in turns:
                for day in librarian.desk.calendar.turns(term, turn) if term else ():
                    self._turns[day].append(turn)

    def _zeal(self, row: ClassRow) -> float:
        """How readily a class borrows. Second graders borrow through their teacher, now and then."""
        if row.grade <= 2:
            return _KEENNESS_OF_GRADE_2
        return self._scale.keenness * self._rng.uniform(*_CLASSES_DIFFER)

    def _own_zeal(self) -> float:
        return self._rng.choices(tuple(_KEENNESS), tuple(_KEENNESS.values()))[0]

    def new_stock(self) -> None:
        """See what has come in and gone out since."""
        self._wanted.look()
        self._teachers_wanted.look()

    def new_faces(self) -> None:
        """See who has come and gone."""
        self._pupils = self._librarian.cards.by_class()
        self._staff = [card for card in self._librarian.cards.rows if card.kind is ReaderKind.TEACHER]

    def day(self, lending: bool) -> None:
        """One day: what is due comes back, the classes of the day have their turns, teachers drop in."""
        self._bring_back_due()
        for turn in self._turns[self._librarian.today]:
            if turn.kind is TurnKind.READING:
                self._read(turn)
            else:
                self._borrow(turn.class_name, lending)
        self._teachers(lending)

    def _bring_back_due(self) -> None:
        for accession_no in self._due.pop(self._librarian.today, ()):
            if self._is_due_today(accession_no) and self._rng.random() < _IN_TIME:
                self._librarian.take_back(accession_no)

    def _is_due_today(self, accession_no: str) -> bool:
        loan = self._librarian.desk.loan_of(accession_no)
        return loan is not None and loan.due_on == self._librarian.today

    def _borrow(self, class_name: str, lending: bool) -> None:
        for pupil in self._pupils[class_name]:
            if self._rng.random() < _AWAY:
                continue
            self._bring_back(pupil)
            if lending:
                self._choose(pupil, self._zeal_of(pupil))

    def _zeal_of(self, pupil: ReaderRow) -> float:
        return self._class_zeal[pupil.class_name or ""] * self._pupil_zeal.get(pupil.reader_no, 1.0)

    def _bring_back(self, pupil: ReaderRow) -> None:
        for accession_no in self._librarian.desk.held(pupil.reader_no):
            loan = self._librarian.desk.open_loan(accession_no)
            may_renew = not loan.renewals and self._librarian.today <= loan.due_on
            if may_renew and self._rng.random() < _RENEWED:
                self._await(self._librarian.renew(accession_no).due_on, accession_no)
            else:
                self._librarian.take_back(accession_no)

    def _choose(self, reader: ReaderRow, zeal: float) -> None:
        for nth in range(self._free(reader)):
            if self._rng.random() < zeal / (1 + nth * _SATED):
                self._take(reader, self._wanted)

    def _free(self, reader: ReaderRow) -> int:
        desk = self._librarian.desk
        return desk.limit(reader, self._librarian.today) - len(desk.held(reader.reader_no))

    def _take(self, reader: ReaderRow, shelf: Browsing) -> None:
        if accession_no := shelf.pick():
            loan = self._librarian.lend(reader.reader_no, accession_no)
            self._await(loan.due_on, accession_no)

    def _await(self, due_on: date, accession_no: str) -> None:
        self._due[due_on].append(accession_no)

    def _read(self, turn: TurnRow) -> None:
        pupils = self._pupils[turn.class_name]
        present = len(pupils) - self._rng.choice((0, 0, 0, 1, 1, 2))
        content = self._rng.choice(_READINGS)
        if present:
            self._visit(VisitorKind.CLASS, turn.class_name, None, present, content)
        if self._rng.random() < _LOOKED_UP:
            for pupil in self._rng.sample(pupils, 2):
                if accession_no := self._wanted.pick(reference=True):
                    self._librarian.read_in_room(pupil.reader_no, accession_no)

    def _teachers(self, lending: bool) -> None:
        if self._librarian.today.weekday() == _WEDNESDAY:
            reader = self._rng.choice(self._staff)
            content = self._rng.choice(_TEACHERS_READINGS)
            self._visit(VisitorKind.TEACHER, None, reader.name, 1, content)
        for reader in self._staff:
            if lending and self._rng.random() < _TEACHER_BORROWS and self._free(reader):
                self._take(reader, self._teachers_wanted)

    def _visit(self, visitor: VisitorKind, class_name: str | None, name: str | None, people: int, content: str) -> None:
        line = len(self.visits) + 2
        today, librarian = self._librarian.today, self._librarian.staff.librarian
        self.visits.append(VisitRow(line, today, visitor, class_name, name, people, content, librarian))

    def fill_corner(self, class_name: str, copies: int) -> None:
        """Send copies to a class corner."""
        for _ in range(copies):
            if accession_no := self._wanted.pick():
                self._librarian.send_to_class(class_name, accession_no)

    def some_loans(self, kind: ReaderKind, count: int) -> list[str]:
        """Copies that readers of this kind have at home, as many as asked for if there are so many."""
        cards = self._librarian.cards
        loans = [
            loan for loan in self._librarian.desk.out(LoanMode.PERSONAL) if cards.card(loan.reader_no).kind is kind
        ]
        return [loan.accession_no for loan in self._rng.sample(loans, min(count, len(loans)))]
