"""个别登记账 (ACC): class numbers, ISBN and labels. A label names one copy, or the desk lends the wrong book."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator

from schoollib_xl.checks.check import MOST_SHOWN, Found, Named, Severity, check, found
from schoollib_xl.checks.habits import told_once
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.identifiers import is_class_letter, is_class_no, is_isbn, is_issn
from schoollib_xl.ledgers.library import Library, group_by, grouped
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.likeness import bare

_ISBN_LENGTHS = (10, 13)
# What a class number is made of. More numbers than this with one other sign are how the school writes them.
_OF_THE_SCHEME, _SLIPS = r'[A-Za-z0-9.()"=<>:+＋-]', 5

# So many copies, and so many of all with a code, follow one pattern: what breaks it is a slip. The first tell which.
_PATTERN_COPIES, _PATTERN_SHARE, _FIRST_COPIES = 20, 0.95, 200

_READS = {AccessionRow: "accession_no barcode withdrawn_on", WithdrawalRow: "accession_no"}


@check(
    "ACC011",
    title="分类号的大类不对",
    message="{accession_no} 的分类号是“{class_no}”，第一个字母不是二十二个大类之一{alike}。",
    why="中图法没有 L、M、W、Y 类，大类不对就进不了分类统计。",
    fix="先查中图法简表或书的版权页，再改正分类号；书标也跟着改。",
    reads={AccessionRow: "accession_no class_no"},
)
def class_letter_unknown(library: Library) -> Iterator[Found]:
    unknown = values_of(library, "class_no", lambda class_no: not is_class_letter(class_no[:1].upper()))
    rows = library[AccessionRow].among("class_no", unknown)
    # A letter of the school's own, as L for picture books, stands on all of its kind.
    for copies in grouped(rows, lambda row: row.class_no[:1].upper()).values():
        yield from told_once(found(cell(row, "class_no")) for row in copies)


@check(
    "ACC012",
    title="分类号写法可疑",
    message="分类号“{class_no}”不像中图法的写法，用它的有 {count} 册{numbers}{sign}。",
    why="分类号写错，书会排错架，同类的书找不到一起。",
    fix="先看书的版权页；印的就是这样，写进“差异说明”；抄错了就改正，书标也跟着改。",
    severity=Severity.WARNING,
    reads={AccessionRow: "accession_no class_no"},
)
def class_no_doubtful(library: Library) -> Iterator[Found]:
    doubtful = values_of(library, "class_no", lambda text: is_class_letter(text[:1].upper()) and not is_class_no(text))
    by_sign: defaultdict[str, list[tuple[str, list[AccessionRow]]]] = defaultdict(list)
    for class_no, copies in _having(library, "class_no", doubtful):
        by_sign[re.sub(_OF_THE_SCHEME, "", class_no)].append((class_no, copies))
    for sign, alike in by_sign.items():
        is_habit = sign and len(alike) > _SLIPS
        others = [cell(copies[0], "class_no") for _, copies in alike[1:MOST_SHOWN]] if is_habit else []
        said = f"；带“{sign}”的号一共有 {len(alike)} 个" if is_habit else ""
        for class_no, copies in alike[:1] if is_habit else alike:
            at, count = cell(copies[0], "class_no"), len(copies)
            yield found(at, *others, class_no=class_no, count=count, numbers=numbers_of(copies), sign=said)


@check(
    "ACC013",
    title="ISBN 算不对",
    message="ISBN“{isbn}”的最后一位和前面的数字对不上，用它的有 {count} 册{numbers}{alike}。",
    why="ISBN 抄错一位，查重和补书时会找错书；也有书本来就印错。",
    fix="先看书的版权页；抄错了就改正，书上就是这样就写进“差异说明”。",
    severity=Severity.WARNING,
    reads={AccessionRow: "accession_no isbn"},
)
def isbn_wrong(library: Library) -> Iterator[Found]:
    # A bound volume of a magazine may carry its ISSN here.
    wrong = values_of(library, "isbn", lambda isbn: not is_isbn(isbn) and _is_isbn_amiss(isbn))
    told = (
        found(cell(copies[0], "isbn"), isbn=isbn, count=len(copies), numbers=numbers_of(copies))
        for isbn, copies in _having(library, "isbn", wrong)
    )
    # An old program put 978 before the ten figures of every book and left the last as it was.
    return told_once(told, len(library[AccessionRow].distinct("isbn")))


def _is_isbn_amiss(isbn: str) -> bool:
    return _has_isbn_form(isbn) and not is_isbn(_plain(isbn))


def _plain(isbn: str) -> str:
    """A book number without the letters before it and without dashes, full width made half."""
    return bare(isbn).removeprefix("ISBN")


def _has_isbn_form(isbn: str) -> bool:
    """Whether the text has the 10 or 13 signs of an ISBN. Old books carry a 统一书号 or none (无, —)."""
    return len(_plain(isbn)) in _ISBN_LENGTHS and _plain(isbn)[:-1].isdigit() and not is_issn(isbn)


@check(
    "ACC016",
    title="ISBN 多了或少了一位",
    message="ISBN“{isbn}”有 {digits} 位，应当是 10 位或 13 位，用它的有 {count} 册{numbers}{alike}。",
    why="ISBN 少抄一位，查重和补书时会找错书；老书的书号不是 ISBN。",
    fix="先看书的版权页；抄错了就改正，老书上就是这样的就不用动。",
    severity=Severity.HINT,
    reads={AccessionRow: "accession_no isbn"},
)
def isbn_of_another_length(library: Library) -> Iterator[Found]:
    slipped = values_of(library, "isbn", lambda isbn: _plain(isbn).startswith(("978", "979")) and not _fits(isbn))
    told = (
        found(cell(copies[0], "isbn"), count=len(copies), digits=len(_plain(isbn)), numbers=numbers_of(copies))
        for isbn, copies in _having(library, "isbn", slipped)
    )
    return told_once(told, len(library[AccessionRow].distinct("isbn")))


def _fits(isbn: str) -> bool:
    return len(_plain(isbn)) in _ISBN_LENGTHS


def values_of(library: Library, field: str, is_bad: Callable[[str], bool]) -> frozenset[str]:
    """The distinct bad values of a column; blanks are none."""
    distinct = library[AccessionRow].distinct(field)
    return frozenset(value for value in distinct if value and is_bad(value))


def _having(library: Library, field: str, values: frozenset[str]) -> Iterable[tuple[str, list[AccessionRow]]]:
    """Each of the values with its copies, by line."""
    rows = library[AccessionRow].among(field, values)
    return group_by(sorted(rows, key=lambda row: row.line), field).items()


def numbers_of(copies: Iterable[AccessionRow]) -> Named:
    """Their numbers, rising, as a message names them."""
    return Named(tuple(sorted(copy.accession_no for copy in copies)))


@check(
    "ACC005",
    title="两册书一个条码号",
    message="条码号 {barcode} 贴在 {first} 和 {accession_no} 两册上。",
    why="扫这个条码分不清是哪一册，借还台会借错书。",
    fix="先到架上看两册书的条码；抄错的改正，真贴重了，就给后一册换一个新条码。",
    reads=_READS,
)
def barcode_twice(library: Library) -> Iterator[Found]:
    table = library[AccessionRow]
    labelled = table.saying("barcode")
    if len(_without_case(table.distinct("barcode") - {None, ""})) == len(labelled):
        return
    by_code = grouped(
        (copy for copy in labelled if not library.written_off(copy)), lambda copy: (copy.barcode or "").casefold()
    )
    for copies in by_code.values():
        first, *others = sorted(copies, key=lambda copy: copy.line)
        for copy in others:
            if copy.accession_no != first.accession_no:
                yield found(cell(copy, "barcode"), cell(first, "barcode"), first=first.accession_no)


def _without_case(codes: Collection[str]) -> Collection[str]:
    """The codes as a scanner and the stocktake tell them apart, which know no case."""
    text = "".join(codes)
    # Where all letters are of one case, as those a printer of labels counts on from, no code has to be folded.
    return codes if text.isascii() and text in (text.upper(), text.lower()) else {*map(str.casefold, codes)}


@check(
    "ACC006",
    title="条码号是另一册的个别登记号",
    message="{accession_no} 的条码号 {barcode} 是另一册书的个别登记号。",
    why="扫这个条码，借还台先认个别登记号，借出去的是另一册。",
    fix="先看书上的条码；抄错的改正，条码真是这个号，就给这一册换一个新条码。",
    reads=_READS,
)
def barcode_of_another(library: Library) -> Iterator[Found]:
    table, copies = library[AccessionRow], library.copies
    for copy in table.among("barcode", table.distinct("barcode") & copies.keys()):
        if copy.barcode != copy.accession_no and not library.written_off(copy):
            other = copies[copy.barcode or ""]
            if not library.written_off(other):
                yield found(cell(copy, "barcode"), cell(other, "accession_no"))


@check(
    "ACC007",
    title="条码号不是自己的登记号",
    message="{accession_no} 的条码号是 {barcode}，别的册都是 {prefix} 加自己的登记号。",
    why="条码贴错或抄错，扫出来的是另一册，借还台会借错书。",
    fix="先看书上的条码；抄错的改正，贴错的换贴；书上真是这个号，写进“差异说明”。",
    severity=Severity.WARNING,
    reads=_READS,
)
def barcode_out_of_pattern(library: Library) -> Iterator[Found]:
    table = library[AccessionRow]
    pairs = zip(table.column("accession_no"), table.column("barcode"), strict=True)
    labelled = [(number, code) for number, code in pairs if code]
    prefix, digits = _usual_pattern(labelled)
    if not prefix:
        # Where the code is the number alone, another's is ACC006.
        return
    amiss = [(number, code) for number, code in labelled if code != prefix + number]
    if len(labelled) - len(amiss) < max(_PATTERN_COPIES, _PATTERN_SHARE * len(labelled)):
        return
    # On two copies that are both there it is ACC005.
    held = (copy for copy in table.saying("barcode") if not library.written_off(copy)) if amiss else ()
    codes = Counter((copy.barcode or "").casefold() for copy in held)
    for copy in table.among("barcode", {code for _, code in amiss}):
        code = copy.barcode or ""
        # A label of another make is a lawful one.
        is_slip = code != prefix + copy.accession_no and code.startswith(prefix) and codes[code.casefold()] == 1
        if is_slip and _has_its_number(library, copy, digits) and not library.written_off(copy):
            yield found(cell(copy, "barcode"), cell(copy, "accession_no"), prefix=prefix)


def _has_its_number(library: Library, copy: AccessionRow, digits: int) -> bool:
    """Whether the copy's number is of the usual length, its own, and stands beside another: else it is the slip."""
    number, copies = copy.accession_no, library.copies
    if len(number) != digits or not number.isdecimal() or copies.get(number) is not copy:
        return False
    return any(str(int(number) + step).zfill(digits) in copies for step in (-1, 1))


def _usual_pattern(labelled: list[tuple[str, str]]) -> tuple[str, int]:
    """What stands before the copy's own number in most codes of the first copies, and how long the number is."""
    own = [
        (code.removesuffix(number), len(number)) for number, code in labelled[:_FIRST_COPIES] if code.endswith(number)
    ]
    return Counter(own).most_common(1)[0][0] if own else ("", 0)
