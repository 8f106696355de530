"""The same people in two lists under different numbers: nobody is taken over twice, the number on the card stays."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from schoollib_xl.adoption.forms.personal_texts import is_name
from schoollib_xl.adoption.journal import Journal, What
from schoollib_xl.adoption.readers.grades_told import class_with_grade
from schoollib_xl.adoption.rows.records import Record, class_of
from schoollib_xl.adoption.rows.texts import plain_title
from schoollib_xl.adoption.transforms import CLASS_FROM_LIST
from schoollib_xl.ledgers.grades import class_key
from schoollib_xl.ledgers.library import grouped

# Two lists of different people share a few names; two of the same people share most.
_MOST = 0.5
IN_ANOTHER_CLASS = (
    "两份名册上班级写得不一样的 {count} 人（第一处{first}）：照另一份的班级记，原文在接收报告“并入的行”里；"
    "这份才是现在的，接收以后用 schoollib roster 把它再接收一次，升了级的加 --new-year。"
)
# Set where another reader of the same row settles it.
FURTHER = "is_further"
# Between these stand several names; with nothing but blanks between them two may be one, 向 阳.
_BETWEEN_NAMES = re.compile(r"[、，,；;/]")
_FEWEST_BY_BLANKS = 3
# Of three and more that a sign parts in a column of names none is a former name, or part of one.
_FEWEST_OF_OTHERS = 3
ANY_NAME = re.compile(r"[\u4e00-\u9fff]{2,6}|[\u4e00-\u9fff·]{5,16}")
_A_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")
NAMESAKES = "另一份名单上同名的不止一人，分不清是哪一个证"


def each_alone(records: Iterable[Record]) -> Iterator[Record]:
    """The records, one whose cell holds the names of a whole class as one for each of them."""
    for record in records:
        first, *others = [""] if record.get("reader_no") else names_in(record.get("name") or "")
        yield replace(record, values={**record.values, "name": first}) if others else record
        for name in others:
            yield replace(record, values={**record.values, "name": name, FURTHER: True})


def names_in(text: str) -> list[str]:
    """The names of several people in one cell; the text alone where they are not several for certain."""
    parted = ["".join(name.split()) for name in _BETWEEN_NAMES.split(text)]
    by_blanks = text.split() if len(text.split()) >= _FEWEST_BY_BLANKS else []
    # 李小红/李晓红 is one pupil with a former name.
    ways = ([] if len(parted) == 2 and "/" in text else parted, by_blanks)
    return next((names for names in (list(filter(None, way)) for way in ways) if _are_names(names, text)), [text])


def _are_names(names: Sequence[str], text: str) -> bool:
    """Whether several are all as long as names are, and most begin with a surname of the Han; a list with signs between
    them may be of others: 扎西次仁、卓玛、达娃.
    """
    if len(names) < _FEWEST_OF_OTHERS or len(_BETWEEN_NAMES.findall(text)) < len(names) - 1:
        return len(names) > 1 and all(map(_A_NAME.fullmatch, names)) and are_mostly_of_han(names)
    return all(map(ANY_NAME.fullmatch, names))


def are_mostly_of_han(names: Sequence[str]) -> bool:
    """Whether most of them begin with a surname of the Han, as few other words do."""
    return sum(map(is_name, names)) >= _MOST * len(names)


def once_each(records: Sequence[Record], cards: Collection[str | None], journal: Journal) -> list[Record]:
    """The records, without those of people whom another list has already, under another number or with one. `cards`
    are the numbers by which books were lent: the list with most of them has the numbers on the cards. What is left
    out is settled in the journal: as merged, or set aside where namesakes cannot be told apart.
    """
    kept: list[Record] = []
    left_out: set[int] = set()
    for found in _lists(records, cards):
        doubles = [] if not _numbers(found).isdisjoint(_numbers(kept)) else list(_doubles(found, kept))
        if len(doubles) >= _MOST * len(found):
            for record, same in doubles:
                _settle(record, same, journal)
                left_out.add(id(record))
        kept += [record for record in found if id(record) not in left_out]
    return [record for record in records if id(record) not in left_out]


def _lists(records: Iterable[Record], cards: Collection[str | None]) -> list[list[Record]]:
    """The records by the list they stand in, the list of the cards first, one without any number last."""
    found = grouped(records, lambda record: id(record.table))
    return sorted(found.values(), key=lambda one: (-len(_numbers(one).intersection(cards)), not _numbers(one)))


def _numbers(records: Iterable[Record]) -> set[str]:
    return {number for record in records if (number := record.get("reader_no"))}


def _doubles(found: Sequence[Record], kept: Sequence[Record]) -> Iterator[tuple[Record, Record | None]]:
    """The records whose person is there already, each with that one; None where it may be one of several."""
    people, names = defaultdict[tuple[str, str], list[Record]](list), defaultdict[str, list[Record]](list)
    for record in kept:
        people[person(record)].append(record)
        names[record.get("name")].append(record)
    times, times_named = Counter(map(person, found)), Counter(record.get("name") for record in found)
    for record in found:
        one, name = person(record), record.get("name")
        same, is_alone = people.get(one, []), times[one] == 1
        if not same and times_named[name] == 1 and len(names.get(name, ())) == 1:
            # The only one of that name on both lists has moved to another class.
            same = names[name]
        if same:
            yield record, same[0] if is_alone and len(same) == 1 else None


def person(record: Record) -> tuple[str, str]:
    """What tells one person of a list from another: name and class."""
    return plain_title(record.get("name") or ""), class_key(class_of(record) or "")


def _settle(record: Record, same: Record | None, journal: Journal) -> None:
    journal.count(What.READERS, came_in=1, merged=int(same is not None), aside=int(same is None))
    if record.get(FURTHER):
        return
    if same is None:
        journal.aside(record.place, NAMESAKES, record.text)
        return
    own, there = (class_with_grade(one) or class_of(one) for one in (record, same))
    moved = own and there and class_key(own) != class_key(there)
    if moved:
        journal.in_another_class.append(record.place)
    elif own and not there:
        # Cards numbered throughout beside the lists of the classes.
        same.values["class_name"] = own
        journal.did(CLASS_FROM_LIST, same.place, "班级", "", own)
    said = f"，这里写的班级是 {own}" if moved else ""
    # What the other list says besides is kept with the one that stays.
    same.notes += [note for note in record.notes if note not in same.notes]
    number = f" {same.get('reader_no')}" if same.get("reader_no") else ""
    journal.merged(record.place, f"读者名册{number}（同一个人，两份名单的号不一样{said}）", record.text)
