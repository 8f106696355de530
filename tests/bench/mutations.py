"""Workbooks and templates as faulty programs, disks and hands leave them: no command may end in a mishap.

    python tests/bench/mutations.py [COUNT] [FIRST_SEED]

Prints every seed that ended in an unforeseen error with the last line of its log, and how many there were.
"""

import io
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from schoollib_xl.cli.program import main
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.packages import parts_of, zipped
from schoollib_xl.sheets.building.workbook import write_workbook

_JSON = ("--format", "json")
# Most often the one that reads everything and writes nothing; now and then those that write.
COMMANDS = (
    *[("check", *_JSON)] * 6,
    *[("quota", *_JSON), ("progress", *_JSON), ("inspect", *_JSON)],
    *[("check", "--into"), ("quota", "--into"), ("lists", "--into")],
)
_NASTY = (
    *("", " ", "　", "0", "-1", "1E+308", "-1e-320", "9" * 20, "9" * 5000, "NaN", "INF", "2958466", "-0.5", "45903.99"),
    *("#N/A", "#REF!", "=1+1", "二○二六年", "2026-02-30", "9999-12-31", "0000-00-00", "12:61", "TRUE", "null", "𠮷"),
    *("\u202e三", "a" * 40_000, "①②", "_x0000_", "_x000D_", "&amp;#x1F;", "1,2,3", "1、2", "九十九", "￥", "±3", "1/0"),
)
_KINDS = (b"", b' t="s"', b' t="n"', b' t="b"', b' t="e"', b' t="str"', b' t="inlineStr"', b' t="d"', b' t="x"')
_CELL = re.compile(rb'<c r="[A-Z]+\d+"[^>]*?(?:/>|>.*?</c>)', re.S)
_ROW = re.compile(rb"<row [^>]*>.*?</row>", re.S)

Mutation = Callable[[bytes, Random], bytes]


def small_school() -> bytes:
    """A workbook with two lines on every sheet, so that it is read in a moment."""
    rows = [example(declared.row_type) for declared in ALL_SHEETS for _ in range(2)]
    with TemporaryDirectory() as folder:
        write_workbook(LedgerSet.of(*rows), Path(folder) / "账.xlsx")
        return (Path(folder) / "账.xlsx").read_bytes()


def _in_a_part(data: bytes, rng: Random, change: Callable[[bytes, Random], bytes], *, ends: str = "") -> bytes:
    parts = parts_of(data)
    name = rng.choice([name for name in sorted(parts) if name.endswith(ends)])
    parts[name] = change(parts[name], rng)
    return zipped(parts)


def flipped(data: bytes, rng: Random) -> bytes:
    """Some bits of the file turned round."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 30)):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def cut(data: bytes, rng: Random) -> bytes:
    """The end of the file lost."""
    return data[: rng.randrange(len(data))]


def without_a_part(data: bytes, rng: Random) -> bytes:
    """A part of the package lost."""
    parts = parts_of(data)
    del parts[rng.choice(sorted(parts))]
    return zipped(parts)


def garbled_part(data: bytes, rng: Random) -> bytes:
    """A part that holds something else."""
    return _in_a_part(
        data, rng, lambda _, rng: rng.choice([b"", b"<a", b"\x00\x01", b"<x xmlns='y'/>", b"\xff\xfe<a/>"])
    )


def flipped_within(data: bytes, rng: Random) -> bytes:
    """Bits of one part turned round, the package sound."""
    return _in_a_part(data, rng, flipped, ends=".xml") if data else data


def without_an_element(data: bytes, rng: Random) -> bytes:
    """An element or attribute lost."""
    return _in_a_part(data, rng, lambda part, rng: _struck(part, rng, rb'<[^/?!>]+/>|\s[\w:]+="[^"]*"'))


def nasty_attribute(data: bytes, rng: Random) -> bytes:
    """An attribute that says something no program writes."""

    def change(part: bytes, rng: Random) -> bytes:
        return _struck(part, rng, rb'="[^"]*"', b'="%s"' % _escaped(rng))

    return _in_a_part(data, rng, change)


def nasty_cells(data: bytes, rng: Random) -> bytes:
    """Cells of a sheet that hold what no column expects."""

    def change(part: bytes, rng: Random) -> bytes:
        for _ in range(rng.randint(1, 6)):
            part = _at_some(part, rng, _CELL, lambda cell: _nasty_cell(cell, rng))
        return part

    return _in_a_sheet(data, rng, change)


def moved_rows(data: bytes, rng: Random) -> bytes:
    """Rows of a sheet struck, doubled or in another order."""

    def change(part: bytes, rng: Random) -> bytes:
        kind = rng.randrange(3)
        return _at_some(part, rng, _ROW, lambda row: (b"", row + row, row[::1] + b'<row r="3"/>')[kind])

    return _in_a_sheet(data, rng, change)


def another_address(data: bytes, rng: Random) -> bytes:
    """A cell or row that says it stands elsewhere."""
    address = rng.choice([b"XFD1048576", b"ZZZ1", b"A0", b"A1048577", b"1A", b"", b"B2", b"A99999999999"])
    return _in_a_sheet(data, rng, lambda part, rng: _struck(part, rng, rb'(?<=<c) r="[^"]*"', b' r="%s"' % address))


def _in_a_sheet(data: bytes, rng: Random, change: Callable[[bytes, Random], bytes]) -> bytes:
    parts = parts_of(data)
    name = rng.choice([name for name in sorted(parts) if name.startswith("xl/worksheets/sheet")])
    parts[name] = change(parts[name], rng)
    return zipped(parts)


def _struck(part: bytes, rng: Random, pattern: bytes, put: bytes = b"") -> bytes:
    return _at_some(part, rng, re.compile(pattern), lambda _: put)


def _at_some(part: bytes, rng: Random, pattern: re.Pattern[bytes], change: Callable[[bytes], bytes]) -> bytes:
    found = [match.span() for match in pattern.finditer(part)]
    if not found:
        return part
    first, end = rng.choice(found)
    return part[:first] + change(part[first:end]) + part[end:]


def _nasty_cell(cell: bytes, rng: Random) -> bytes:
    address = re.search(rb' r="[^"]*"', cell)
    style = rng.choice([b"", b' s="1"', b' s="99999"', b' s="-1"'])
    content = rng.choice([b"<v>%s</v>", b"<is><t>%s</t></is>", b"<f>%s</f>", b"<f>1</f><v>%s</v>", b"%s"])
    return b"<c%s%s%s>%s</c>" % (address[0] if address else b"", style, rng.choice(_KINDS), content % _escaped(rng))


def _escaped(rng: Random) -> bytes:
    return rng.choice(_NASTY).replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").encode()


MUTATIONS: tuple[Mutation, ...] = (
    *(flipped, cut, without_a_part, garbled_part, flipped_within, without_an_element, nasty_attribute),
    *(nasty_cells, nasty_cells, nasty_cells, moved_rows, another_address),
)


def mishap(book: bytes, seed: int, folder: Path) -> str:
    """What the command says of the mutation of this seed where it is unforeseen; '' where all is well."""
    rng = Random(seed)
    mutation = MUTATIONS[seed % len(MUTATIONS)]
    path = folder / f"账{seed}.xlsx"
    path.write_bytes(mutation(book, rng))
    out, aside = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(aside):
        code = main(_asked(path, folder / "out", rng))
    path.unlink()
    said = aside.getvalue()
    foreseen = code in (0, 1) or (code == 2 and said.count("\n") == 1 and "程序出了意外" not in said)
    return "" if foreseen else f"{seed} {mutation.__name__} {code} {said.strip()} {_last_line(said)}"


def _asked(path: Path, into: Path, rng: Random) -> list[str]:
    command, *words = rng.choice(COMMANDS)
    return [command, str(path), *words, *([str(into)] if "--into" in words else [])]


def _last_line(said: str) -> str:
    log = re.search(r"(/\S+\.log)", said)
    return Path(log[1]).read_text(encoding="utf-8").strip().splitlines()[-1] if log else ""


def mishaps(seeds: range) -> Iterator[str]:
    """The mutations of these seeds that ended in a mishap."""
    book = small_school()
    with TemporaryDirectory() as folder:
        yield from filter(None, (mishap(book, seed, Path(folder)) for seed in seeds))


if __name__ == "__main__":
    count, first = (*map(int, sys.argv[1:]), 3000, 0)[:2] if len(sys.argv) != 2 else (int(sys.argv[1]), 0)
    told = 0
    for sentence in mishaps(range(first, first + count)):
        told += 1
        print(sentence, flush=True)
    print(f"{count} mutations, {told} mishaps")
