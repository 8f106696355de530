"""Classes that a list calls otherwise than the books: known by the pupils who are in them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from schoollib_xl.adoption.roster.class_lists import Classes, ClassLists, ListRow
from schoollib_xl.adoption.roster.matching import Card
from schoollib_xl.ledgers.vocabulary import ReaderKind

# With classes mixed anew no class keeps so many of its pupils together.
_MOST = 0.8
# Fewer say nothing of a class.
_FEWEST = 3
_SAID = "名单上的“{written}”班级表里没有，{count} 个人是 {known} 的，就当作 {known}。"


def as_the_books_call_them(read: ClassLists, cards: Iterable[Card], classes: Classes) -> ClassLists:
    """The lists, those of a class that 班级 does not know in the class its pupils are in: 三甲班 is 三（1）班 where
    nearly all its pupils are, and no other class of the lists is. The journal gets a sentence on each.
    """
    found = _known_by_pupils(read.rows, cards, classes)
    read.journal.assumed += (
        _SAID.format(written=written, count=count, known=known) for written, (known, count) in found.items()
    )
    rows = [_in_class(row, found[row.class_name][0], classes) if row.class_name in found else row for row in read.rows]
    teachers = {found.get(name, (name, 0))[0]: teacher for name, teacher in read.teachers.items()}
    return read._replace(rows=rows, teachers=teachers)


def _known_by_pupils(rows: list[ListRow], cards: Iterable[Card], classes: Classes) -> dict[str, tuple[str, int]]:
    """The class of the books that each strange class is, with how many pupils say so."""
    listed = {row.class_name for row in rows}
    found = {
        written: (known, count) for written, known, count in _majorities(rows, cards, classes) if known not in listed
    }
    times = Counter(known for known, _ in found.values())
    return {written: of_books for written, of_books in found.items() if times[of_books[0]] == 1}


def _majorities(rows: Iterable[ListRow], cards: Iterable[Card], classes: Classes) -> Iterator[tuple[str, str, int]]:
    """Each class of the lists that the books do not know, the one most of its pupils are in, and how many are."""
    at_school = [card for card in cards if card.is_pupil and not card.is_stopped and card.row.class_name]
    times = Counter(card.key for card in at_school)
    known = {card.key: card.row.class_name or "" for card in at_school if times[card.key] == 1}
    strange: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.kind is ReaderKind.PUPIL and row.class_name and not classes.known(row.class_name) and row.key in known:
            strange[row.class_name].append(known[row.key])
    for written, of_pupils in strange.items():
        name, count = Counter(of_pupils).most_common(1)[0]
        if count >= max(_FEWEST, _MOST * len(of_pupils)):
            yield written, name, count


def _in_class(row: ListRow, name: str, classes: Classes) -> ListRow:
    return row._replace(class_name=name, grade=classes.grade(name))
