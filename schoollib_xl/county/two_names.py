"""Schools of different names whose books are nearly the same: one school counted twice, or books made from another
school's. Only they can tell which, so it is asked.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from schoollib_xl.county.book_signs import Kinship, kinship
from schoollib_xl.county.record import SchoolRecord
from schoollib_xl.county.rollup import SchoolEntry, name_of


def with_doubles(entries: Iterable[SchoolEntry]) -> list[SchoolEntry]:
    """The entries, and to each with the books of another name the files of all that have them.

    The first copies and the first loans are alike; of books without loans, which may begin with the same delivery, all
    that is known of them.
    """
    schools = [*entries]
    groups: list[list[SchoolEntry]] = []
    by_loan: dict[str, list[int]] = {}
    by_all: dict[str, list[int]] = {}
    for entry in schools:
        loans, known = entry.record.signs.of_loans, _all_but_its_name(entry.record)
        shared = Counter(at for loan in loans for at in by_loan.get(loan, ()))
        # Some one loan is alike by chance; where a county is large, that of some hundred schools.
        near = sorted({at for at, count in shared.items() if count > 1}.union(by_all.get(known, ())))
        found = next((at for at in near if _is_double(groups[at][0], entry)), None)
        if found is not None:
            groups[found].append(entry)
            continue
        for loan in loans:
            by_loan.setdefault(loan, []).append(len(groups))
        # A county may have hundreds of workbooks that nobody has begun.
        if _tells(entry.record):
            by_all.setdefault(known, []).append(len(groups))
        groups.append([entry])
    doubles = {one.file: tuple(each.file for each in group) for group in groups if len(group) > 1 for one in group}
    return [entry._replace(doubles=doubles.get(entry.file, ())) for entry in schools]


def doubled(entries: Sequence[SchoolEntry]) -> list[list[SchoolEntry]]:
    """The schools that may be one, together."""
    by_file = {entry.file: entry for entry in entries}
    return [[by_file[file] for file in files] for files in dict.fromkeys(one.doubles for one in entries) if files]


def _is_double(first: SchoolEntry, entry: SchoolEntry) -> bool:
    """Whether they have nearly the same books under two names; workbooks of one name are judged where they are
    counted.
    """
    one, other = first.record, entry.record
    if name_of(first) == name_of(entry):
        return False
    if kinship(one.signs, other.signs, have_other_pupils=False, lie_apart=False) is Kinship.ONE_SCHOOL:
        return True
    return _tells(one) and _all_but_its_name(one) == _all_but_its_name(other)


def _tells(record: SchoolRecord) -> bool:
    """Whether what is known of the books is enough to tell whose they are."""
    return bool(record.pupils) and record.signs.tell_of_copies


def _all_but_its_name(record: SchoolRecord) -> str:
    return record.model_copy(update={"school": None, "sample": None}).model_dump_json()
