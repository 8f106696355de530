"""读者名册: cards issued, stopped and looked at."""

from collections.abc import Iterable
from datetime import date

from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import LeavingReason, ReaderKind
from schoollib_xl.samples.refusal import NotAllowed


class Cards:
    """Everybody who may borrow, and the classes they are in, whose 学生人数 follows the cards.

    `version` changes with every card, so that what was worked out from the cards can be renewed.
    """

    def __init__(self, classes: Iterable[ClassRow]) -> None:
        self.classes = [row._replace(pupils=0) for row in classes]
        self._class_places = {row.class_name: index for index, row in enumerate(self.classes)}
        self.rows: list[ReaderRow] = []
        self.version = 0
        self._places: dict[str, int] = {}
        self._by_name: dict[str, str] = {}

    def issue(self, card: ReaderRow) -> None:
        """Enter a card. Raises NotAllowed for a number or a name that is taken or a class there is not."""
        if card.reader_no in self._places or card.name in self._by_name:
            raise NotAllowed(f"{card.reader_no} or {card.name} has a card")
        if card.class_name not in self._class_places:
            raise NotAllowed(f"there is no class {card.class_name}")
        self._places[card.reader_no] = len(self.rows)
        self._by_name[card.name] = card.reader_no
        self.rows.append(card._replace(line=len(self.rows) + 2))
        self._changed(card, 1)

    def stop(self, today: date, reader_no: str, reason: LeavingReason) -> None:
        """Stop a card from today on. Raises NotAllowed for a card that is not in use."""
        card = self.active(reader_no, today)
        self.rows[self._places[reader_no]] = card._replace(stopped_on=today, stop_reason=reason)
        self._changed(card, -1)

    def card(self, reader_no: str) -> ReaderRow:
        """The card of this number. Raises NotAllowed where there is none."""
        if reader_no not in self._places:
            raise NotAllowed(f"no card {reader_no}")
        return self.rows[self._places[reader_no]]

    def active(self, reader_no: str, today: date) -> ReaderRow:
        """The card, if it may be used today. Raises NotAllowed otherwise."""
        card = self.card(reader_no)
        if card.stopped_on is not None or (card.issued_on and card.issued_on > today):
            raise NotAllowed(f"card {reader_no} is not in use")
        return card

    def class_teacher(self, class_name: str) -> ReaderRow:
        """The card of the class's 班主任. Raises NotAllowed where the class or the card is not there."""
        place = self._class_places.get(class_name)
        teacher = None if place is None else self.classes[place].teacher
        if teacher is None or teacher not in self._by_name:
            raise NotAllowed(f"{class_name} has no class teacher with a card")
        return self.card(self._by_name[teacher])

    def by_class(self) -> dict[str, list[ReaderRow]]:
        """The pupils of every class whose cards are in use."""
        found: dict[str, list[ReaderRow]] = {row.class_name: [] for row in self.classes}
        for card in self.rows:
            if card.kind is ReaderKind.PUPIL and card.stopped_on is None:
                found[card.class_name or ""].append(card)
        return found

    def _changed(self, card: ReaderRow, pupils: int) -> None:
        self.version += 1
        if card.kind is ReaderKind.PUPIL:
            place = self._class_places[card.class_name or ""]
            row = self.classes[place]
            self.classes[place] = row._replace(pupils=row.pupils + pupils)
