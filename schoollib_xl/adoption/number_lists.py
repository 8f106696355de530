"""Numbers of copies as lists write them: one, several, or from one to another."""

import re
from collections.abc import Iterator

_WIDE = str.maketrans("０１２３４５６７８９－‐−～〜∼，、；｜：（）【】", "0123456789---~~~,,;,:()()")
# What stands round a number and is none of it: （第0001至0005号）, No.0001, 编号：0001.
_AROUND = re.compile(
    r"[()\[\]]|(?:No\.?|№|第|(?:登[记录])?编?号(?:码)?:)(?=[\w-]*\d)|(?<=\d)[号册本](?![^\W\d_])", re.IGNORECASE
)
_AND = re.compile(r"以及|[和与及]")
# A long dash beside a short one is what parts two numbers: 21-001—21-005.
_TO = re.compile(r"[-—–―─]*[至到][-—–―─]*|~+|[—–―─]+|--+")
# What a school sets before the figures: letters, the school's short name, the year with its dash; 缺0002 is no number.
_PREFIX = r"(?![^-\d]*[缺少无除丢没失])(?:[^\W\d_]{1,6}|(?:[^\W_]{1,6}[-.])+[^\W\d_]{0,4})"
_ONE = re.compile(rf"({_PREFIX}?)(\d+)")
_DASHED = re.compile(rf"({_PREFIX})(\d+)-\1(\d+)|([^\W\d_]{{0,6}})(\d+)-(\d+)")
_TWO_ENDS = re.compile(r"[^\W\d_]{0,6}(\d+)[-~][^\W\d_]{0,6}(\d+)")
_FROM_TO = re.compile(r"\d+\s*-\s*\d+")
_PARTED = re.compile(r"\s*[-/.\\]\s*")
# 1201–1206，缺1204: numbers that no copy of the line has, where it counts as many copies as are left.
_GAPS = re.compile(r"(.*\d)\W*[缺空]号?\W*(\w.*)")
_REPEATED = re.compile(r"/(?=[^\W\d_])")
# Copies of one title; a longer range is a slip of the pen.
_MOST = 10_000
# Numbers of one line no further apart than this are those of several books, in whatever order: 1025 1024.
_SIDE_BY_SIDE = 100
# The columns that number several copies of a line of a list of books.
SPANS = frozenset({"first_no", "span"})


def in_groups(text: str) -> str:
    """The number that figures parted by blanks are, 2025 0102 or 00 0001; '' for other texts, and for several numbers,
    which rise or are of books side by side, and of which all have the noughts before them or none.
    """
    groups = text.split()
    if len(groups) == 1 or not all(map(str.isdecimal, groups)):
        return ""
    is_one_form = len(set(map(len, groups))) == 1 or not any(group.startswith("0") for group in groups)
    figures = [int(group) for group in groups]
    are_several = figures == sorted({*figures}) or max(figures) - min(figures) < _SIDE_BY_SIDE
    return "" if is_one_form and are_several else "".join(groups)


def numbers_of(text: str, copies: int | None = None) -> tuple[str, ...] | None:
    """The numbers the text lists, in order; None where a piece is neither a number nor a range. What a later number
    leaves out is as in the one before: TS0001、0002, 21-001～003. A dash before more figures may part a year from a
    number (21-1001): 8-10 is a range where its line counts just so many `copies`, as 8/9/10 is three numbers.
    """
    counted = (numbers for numbers in several_in(text) if len(numbers) == copies)
    return next(counted, None) or _listed(text, is_counted=False)


def several_in(text: str) -> Iterator[tuple[str, ...]]:
    """The numbers that the text may list, each way of reading it: 8-10 from one to the other, or 8/9/10, 8.9.10 and
    8-9-10 one by one, 8–12，缺10 without the gap.
    """
    if (numbers := longest_range(text)) and len(numbers) > 1:
        yield numbers
    text = text.translate(_WIDE).strip()
    parted = _PARTED.split(text)
    figures = [int(part) for part in parted if part.isdecimal()]
    is_list = len(parted) > 1 and _FROM_TO.fullmatch(text) is None and len(figures) == len(parted)
    # Copies of one line have numbers of about one length; 21/1001 is one number.
    is_alike = bool(figures) and len(str(figures[-1])) - len(str(figures[0])) <= 1
    if is_list and is_alike and figures == sorted({*figures}):
        yield tuple(parted)
    if gaps := _with_gaps(text):
        yield gaps


def _with_gaps(text: str) -> tuple[str, ...] | None:
    match = _GAPS.fullmatch(text)
    whole, gaps = (longest_range(said) or (said.strip("号)） "),) for said in match.groups()) if match else ((), ())
    return tuple(number for number in whole if number not in gaps) if set(gaps) < set(whole) else None


def longest_range(text: str) -> tuple[str, ...] | None:
    """The numbers the text lists where every dash is from one to another, however many figures are behind it."""
    return _listed(text, is_counted=True)


def ends_of(text: str) -> tuple[int, int] | None:
    """The figures before and behind the only dash of a text, which may be those of the first number and the last
    (1201-06 ends at 1206) or the parts of one; None for any other text.
    """
    match = _TWO_ENDS.fullmatch(next(_pieces(text)))
    if match is None:
        return None
    low, high = match.groups()
    return int(low), int(low[: max(0, len(low) - len(high))] + high)


def follows(number: str, before: str) -> bool:
    """Whether a number is the next one after another."""
    return len(between(before, number) or ()) == len((before, number))


def _listed(text: str, *, is_counted: bool) -> tuple[str, ...] | None:
    numbers: list[str] = []
    for piece in _pieces(text):
        listed = _range(piece, is_counted=is_counted) or ((piece,) if _ONE.fullmatch(piece) else None)
        if listed is None:
            return None
        before = numbers[-1:]
        numbers += [_completed(number, before) for number in listed]
    # A lone number with letters is a number as it stands; №000004 and 000005号 are of figures alone, 0001册 may count.
    is_figures = "".join(numbers).isdecimal() and not text.strip().endswith(("册", "本"))
    return tuple(numbers) if len(numbers) > 1 or is_figures else None


def at_width(number: str, width: int) -> str:
    """A number of figures with the noughts before it that the school's have; what is no number as it is."""
    return number.zfill(width) if number.isdecimal() else number


def between(first: str, last: str) -> tuple[str, ...] | None:
    """The numbers from first to last, both included, with what stands before their figures; what `last` leaves out is
    as in `first`.
    """
    start = _ONE.fullmatch(first)
    if start is None:
        return None
    prefix, low = start.groups()
    high = last.removeprefix(prefix)
    if not high.isdecimal() or (len(high) > len(low) and "0" in (low[0], high[0])):
        return None
    end = int(low[: max(0, len(low) - len(high))] + high)
    if not 0 <= end - int(low) < _MOST:
        return None
    return tuple(f"{prefix}{number:0{len(low)}}" for number in range(int(low), end + 1))


def _pieces(text: str) -> Iterator[str]:
    plain = _AND.sub(",", _AROUND.sub(" ", text.translate(_WIDE)).strip())
    joined = re.sub(r"\s*([-~])\s*", r"\1", _TO.sub("~", plain))
    yield from re.split(r"[,;|\s]+", _REPEATED.sub(",", joined).strip(",; "))


def _range(piece: str, *, is_counted: bool) -> tuple[str, ...] | None:
    first, is_parted, last = piece.partition("~")
    if is_parted:
        return between(first, last)
    match = _DASHED.fullmatch(piece)
    if match is None:
        return None
    prefix, low, high = match.groups()[:3] if match[2] else match.groups()[3:]
    return between(f"{prefix}{low}", high) if is_counted or len(high) <= len(low) else None


def _completed(number: str, before: list[str]) -> str:
    """A number of figures alone behind one that has more before its own."""
    match = _ONE.fullmatch(before[0]) if before and number.isdecimal() else None
    if match is None or not match[1] or len(number) > len(match[2]):
        return number
    return match[1] + match[2][: len(match[2]) - len(number)] + number
