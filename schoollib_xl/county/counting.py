"""Which workbooks are whose: every school counts once, all in one school year."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import PurePosixPath

from schoollib_xl.county.book_signs import Kinship, kinship
from schoollib_xl.county.rollup import Failure, SchoolEntry, name_of, told_apart
from schoollib_xl.county.two_names import with_doubles
from schoollib_xl.ledgers.numerals import squeezed


def counted_once(entries: Sequence[SchoolEntry]) -> tuple[list[SchoolEntry], list[Failure]]:
    """Each school once, all in one school year, and what is left out of the totals with its reason.

    The school year is that of most workbooks, of several the latest. Workbooks of one 学校名称 are two schools where
    books and loans are others, and pupils or folders too; of two states of one school's books the later one counts.
    Where nobody can tell, the later one counts too, and it is asked; but workbooks without 学校名称 are then taken for
    different schools. Two names count as two schools; where both have the same books, each says so.
    """
    years = Counter(entry.record.school_year for entry in entries)
    year = max(years, key=lambda one: (years[one], one), default=0)
    kept: dict[str, list[SchoolEntry]] = {}
    left_out: list[Failure] = []
    by_name = sorted((one for one in entries if one.record.school_year == year), key=_likeness_to_a_copy)
    for entry in sorted(by_name, key=_lateness, reverse=True):
        schools = kept.setdefault(name_of(entry), [])
        kin = [_kinship(one, entry) for one in schools]
        nearest = min(kin, key=lambda one: one.value, default=Kinship.TWO_SCHOOLS)
        if nearest is Kinship.TWO_SCHOOLS:
            schools.append(entry)
            continue
        first = schools[at := kin.index(nearest)]
        left_out.append(Failure(entry.file, _why_not(first, entry, nearest)))
        if not (_is_copy(first, entry) or _is_earlier(first, entry, nearest)):
            schools[at] = first._replace(namesakes=(*first.namesakes, entry))
    left_out += (_of_another_year(one, year, kept) for one in entries if one.record.school_year != year)
    counted = sorted((one for schools in kept.values() for one in schools), key=lambda one: one.file)
    return with_doubles(told_apart(counted)), sorted(left_out)


def _likeness_to_a_copy(entry: SchoolEntry) -> tuple[bool, int, str]:
    """A copy has a name that is not the school's, or the longer one: 副本.xlsx, 第1小学(2).xlsx."""
    return name_of(entry) not in squeezed(entry.file), len(entry.file), entry.file


def _lateness(entry: SchoolEntry) -> tuple[date, int]:
    """Of two states of one school's books, the later has the later day, else more lines."""
    return entry.record.as_of, entry.record.rows


def _kinship(one: SchoolEntry, other: SchoolEntry) -> Kinship:
    if _is_copy(one, other):
        return Kinship.ONE_SCHOOL
    pupils, folders = (
        {one.record.pupils, other.record.pupils},
        {PurePosixPath(each.file).parent for each in (one, other)},
    )
    kin = kinship(
        one.record.signs,
        other.record.signs,
        have_other_pupils=len(pupils) > 1 and None not in pupils,
        lie_apart=len(folders) > 1,
        are_of_two_towns=all(towns := [_towns(folder) for folder in folders]) and not frozenset.intersection(*towns),
    )
    return Kinship.TWO_SCHOOLS if kin is Kinship.UNKNOWN and not name_of(one) else kin


def _towns(folder: PurePosixPath) -> frozenset[str]:
    """The towns that a folder is in by its name; 上学期 and 下学期 are none."""
    return frozenset(part for part in folder.parts if part.endswith(("镇", "乡", "街道", "苏木")))


def _is_copy(one: SchoolEntry, other: SchoolEntry) -> bool:
    """Whether all of one is in the other; of books without a name and a line, nobody knows whose they are."""
    return one.record == other.record and bool(name_of(one) or one.record.is_begun)


def _is_earlier(first: SchoolEntry, entry: SchoolEntry, kin: Kinship) -> bool:
    """Whether it is the state that a school's books were in on an earlier day."""
    return kin is Kinship.ONE_SCHOOL and entry.record.as_of < first.record.as_of


def _why_not(first: SchoolEntry, entry: SchoolEntry, kin: Kinship) -> str:
    name, one = entry.record.school, f"和“{first.file}”"
    if not name_of(entry):
        alike = "数" if _is_copy(first, entry) else "开头的书和借阅"
        return f"学校名称没有写，{alike}{one}的全都一样，没有重复算；不是同一份，就把学校名称写上。"
    if _is_copy(first, entry):
        return f"{one}是同一所学校（{name}），没有重复算。"
    if _is_earlier(first, entry, kin):
        return f"{one}是同一所学校（{name}）的账，那一份核对到 {first.record.as_of}，晚一些；没有重复算。"
    if kin is Kinship.ONE_SCHOOL:
        return f"{one}是同一所学校（{name}）的账，核对到同一天，数不一样：哪一份是最后的？没有算进来；只留最后的一份。"
    return (
        f"{one}的学校名称都是“{name}”：是同一所的两份，还是两所学校？没有算进来；"
        "是两所，就把学校名称写全；一所的账分两份记的，合成一份。"
    )


def _of_another_year(entry: SchoolEntry, year: int, kept: dict[str, list[SchoolEntry]]) -> Failure:
    record = entry.record
    why = f"是 {record.school_year}-{record.school_year + 1} 学年的账，这次汇总的是 {year}-{year + 1} 学年。"
    is_there = _is_among(kept.get(name_of(entry), []), entry) and name_of(entry)
    return Failure(entry.file, why, None if is_there else record.school or entry.file)


def _is_among(schools: Iterable[SchoolEntry], entry: SchoolEntry) -> bool:
    return any(_kinship(one, entry) is not Kinship.TWO_SCHOOLS for one in schools)
