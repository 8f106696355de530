"""Schools of different names whose books are the same in large part: one school counted twice, the books of one in two
workbooks, or books made from another school's. Only they can tell which, so it is asked.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from fractions import Fraction

from schoollib_xl.county.book_signs import Kinship, kinship
from schoollib_xl.county.record import SchoolRecord
from schoollib_xl.county.rollup import SchoolEntry, name_of

# A book that was copied out and kept further on has grown since; a delivery that several schools got is in none of
# their loans.
_A_PART, _NEARLY_ALL = Fraction(1, 4), Fraction(3, 4)
# 河口小学南校区 and 河口小学（下册） are of 河口小学.
_UP_TO_SCHOOL = re.compile(r".*?(?:小学|中学|学校|完小)")
# 河口小学（东镇） is not of the school of 西镇 that is called so; 河口小学（南校区） and （东区） are of one.
_OF_A_TOWN = re.compile(r"\(([^()]*(?:镇|乡|街道|县|市|旗|苏木|[^()][^()校]区))\)")
# Another school, that is called by one.
_ANOTHER = re.compile(r"小学|中学|学校|完小|幼儿园")
# So many signs two books have in common by chance, where a county is large; what more schools have got alike is a
# delivery.
_BY_CHANCE, _MOST_ALIKE = 3, 20


def with_doubles(entries: Iterable[SchoolEntry]) -> list[SchoolEntry]:
    """The entries, and to each that has books in common with another name the files of all that have them.

    Either the first copies and the first loans are alike; or all that is known of books without loans, which may begin
    with the same delivery; or a part of copies and loans, wherever they stand.
    """
    schools = [*entries]
    groups = [*range(len(schools))]
    near = _Near(schools)
    for at, entry in enumerate(schools):
        others = [one for one in near.to(entry) if name_of(schools[one]) != name_of(entry)]
        kin = [one for one in others if _is_double(schools[one].record, entry.record) or _is_part(schools[one], entry)]
        joined = {groups[one] for one in kin}
        if joined:
            first = min(joined)
            groups = [first if group in joined or of == at else group for of, group in enumerate(groups)]
        # A county may have hundreds of workbooks made from one.
        if not any(schools[one].record.signs == entry.record.signs for one in kin):
            near.add(at, entry)
    files = defaultdict[int, list[str]](list)
    for entry, group in zip(schools, groups, strict=True):
        files[group].append(entry.file)
    return [
        entry._replace(doubles=tuple(files[group]) if len(files[group]) > 1 else ())
        for entry, group in zip(schools, groups, strict=True)
    ]


def doubled(entries: Sequence[SchoolEntry]) -> list[list[SchoolEntry]]:
    """The schools that may be one, together."""
    by_file = {entry.file: entry for entry in entries}
    return [[by_file[file] for file in files] for files in dict.fromkeys(one.doubles for one in entries) if files]


def named_alike(entries: Iterable[SchoolEntry]) -> dict[str, list[SchoolEntry]]:
    """The schools of several names that are parts of one by them, by that one's name; they have no books in common."""
    found = defaultdict[str, list[SchoolEntry]](list)
    for entry in entries:
        school, beside = _read(entry)
        if school and not (entry.doubles or _ANOTHER.search(beside)):
            found[school].append(entry)
    return {school: parts for school, parts in found.items() if len(set(map(name_of, parts))) > 1}


class _Near:
    """The schools worth comparing with another, of those looked at so far."""

    def __init__(self, schools: Iterable[SchoolEntry]) -> None:
        self._times = Counter(sign for entry in schools for sign in entry.record.signs.of_copies_all_over)
        self._by_sign: dict[Hashable, list[int]] = defaultdict(list)
        self._by_whole: dict[Hashable, list[int]] = defaultdict(list)

    def to(self, entry: SchoolEntry) -> list[int]:
        """Those that have some signs of it, or something as a whole."""
        shared = Counter(at for sign in self._signs(entry) for at in self._by_sign.get(sign, ()))
        near = {at for at, count in shared.items() if count > _BY_CHANCE}
        return sorted(near.union(*(self._by_whole.get(key, ()) for key in _wholes(entry))))

    def add(self, at: int, entry: SchoolEntry) -> None:
        """Look at it as well from now on."""
        for sign in self._signs(entry):
            self._by_sign[sign].append(at)
        for key in _wholes(entry):
            self._by_whole[key].append(at)

    def _signs(self, entry: SchoolEntry) -> list[Hashable]:
        signs = entry.record.signs
        copies = [("copy", sign) for sign in signs.of_copies_all_over if 1 < self._times[sign] <= _MOST_ALIKE]
        return [*(("loan", sign) for sign in signs.of_loans), *copies]


def _wholes(entry: SchoolEntry) -> list[Hashable]:
    """All that is known of its books, and the school it is a part of by its name."""
    # A county may have hundreds of workbooks that nobody has begun.
    whole = [("all", _all_but_its_name(entry.record))] if _tells(entry.record) else []
    return [*whole, *([("school", stem)] if (stem := _stem(entry)) else [])]


def _stem(entry: SchoolEntry) -> str:
    return _read(entry)[0]


def _read(entry: SchoolEntry) -> tuple[str, str]:
    """The school that it is, or is a part of, by its name, with the town that it names, and what the name says
    beside; '' and '' where it names none.
    """
    name, town = name_of(entry), ""
    if told := _OF_A_TOWN.search(name):
        name, town = name.replace(told[0], ""), told[1]
    found = _UP_TO_SCHOOL.match(name)
    if not found:
        return "", ""
    return found[0] if found[0].startswith(town) else town + found[0], name[found.end() :]


def _is_double(one: SchoolRecord, other: SchoolRecord) -> bool:
    """Whether they have nearly the same books; workbooks of one name are judged where they are counted."""
    if kinship(one.signs, other.signs, have_other_pupils=False, lie_apart=False) is Kinship.ONE_SCHOOL:
        return True
    return _tells(one) and _all_but_its_name(one) == _all_but_its_name(other)


def _is_part(one: SchoolEntry, other: SchoolEntry) -> bool:
    """Whether they have a part of the books in common: loans too, or nearly all copies of the one from within the
    other; of two parts of a school by their names copies or all classes are enough.
    """
    ours, theirs = one.record.signs, other.record.signs
    if ours.holds_copies_of(theirs, _A_PART):
        if ours.holds_loans_of(theirs, _A_PART):
            return True
        if ours.holds_copies_of(theirs, _NEARLY_ALL) and not ours.begins_like(theirs):
            return True
        return _stem(one) == _stem(other) != "" and not (
            ours.classes != theirs.classes and ours.is_kept_apart_from(theirs)
        )
    have_same_classes = bool(ours.classes) and (ours.classes, one.record.pupils) == (
        theirs.classes,
        other.record.pupils,
    )
    return have_same_classes and _stem(one) == _stem(other) != ""


def _tells(record: SchoolRecord) -> bool:
    """Whether what is known of the books is enough to tell whose they are."""
    return bool(record.pupils) and record.signs.tell_of_copies


def _all_but_its_name(record: SchoolRecord) -> str:
    return record.model_copy(update={"school": None, "sample": None}).model_dump_json()
