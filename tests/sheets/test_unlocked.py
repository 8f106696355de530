"""An .xls of a protected workbook, which LibreOffice, as Excel, encrypts with the password that everybody knows."""

import io
import struct
from hashlib import sha1
from pathlib import Path

import msoffcrypto
import pytest
from pyopenvba.cfb import CFB
from reportlab.lib.arciv import ArcIV

from office import convert, soffice
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.sheets.opening.unlocked import unlocked
from schoollib_xl.sheets.opening.workbook import open_workbook

ROWS = [["登记号", "书名"], *([f"{number:06}", f"第{number}本书"] for number in range(1, 400))]
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
FLAT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} office:version="1.2"'
    ' office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet'
    ' table:structure-protected="true"><table:table table:name="账">{rows}</table:table></office:spreadsheet>'
    "</office:body></office:document>"
)
# Kind and content of records: the first of a stream, the name of a sheet, one that is never encrypted, any other.
BEGINS, SHEET, SHARED, OTHER = 0x809, 0x85, 0x196, 0xFC
PASSWORD = "VelvetSweatshop".encode("utf-16-le")
BLOCK = 1024

pytestmark = [pytest.mark.office, pytest.mark.skipif(not soffice(), reason="LibreOffice is not installed")]


@pytest.fixture(scope="module")
def protected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("protected")
    rows = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in ROWS)
    source = folder / "账.fods"
    source.write_text(FLAT.format(spaces=SPACES, rows=rows), "utf-8")
    return convert(source, folder / "xls", "xls")


def cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def by_provider(bits: int) -> tuple[bytes, bytes]:
    """A stream as Excel since 2007 encrypts it ([MS-OFFCRYPTO] 2.3.5), and in plain."""
    salt, verifier = bytes(range(16)), bytes(range(16, 32))
    first = sha1(salt + PASSWORD).digest()

    def encoded(at: int, text: bytes) -> bytes:
        key = sha1(first + struct.pack("<I", at)).digest()[: bits // 8]
        return ArcIV(key.ljust(16, b"\0") if bits == 40 else key).encode(text)

    check = encoded(0, verifier + sha1(verifier).digest())
    header = struct.pack("<8I", 4, 0, 0x6801, 0x8004, bits, 1, 0, 0) + "RC4\0".encode("utf-16-le")
    said = struct.pack("<HHHII", 1, 2, 2, 4, len(header)) + header
    said += struct.pack("<I", 16) + salt + check[:16] + struct.pack("<I", 20) + check[16:]
    others = [(SHEET, bytes(range(30))), (SHARED, b"shared"), *((OTHER, bytes([n]) * 700) for n in range(9))]
    plain = record(BEGINS, bytes(16)) + record(0, bytes(len(said))) + b"".join(record(*one) for one in others)
    whole = b"".join(encoded(at // BLOCK, plain[at : at + BLOCK]) for at in range(0, len(plain), BLOCK))
    locked, place = record(BEGINS, bytes(16)) + record(0x2F, said), 24 + len(said)
    for kind, content in others:
        begins = place + 4 + {SHEET: 4, SHARED: len(content)}.get(kind, 0)
        place += 4 + len(content)
        locked += plain[len(locked) : begins] + whole[begins:place]
    return locked, plain


def stream_of(workbook: bytes | None) -> bytes:
    assert workbook
    return CFB.from_bytes(workbook).get_stream("Workbook")


def test_a_protected_xls_is_read_and_one_with_a_password_of_her_own_is_said_to_have_one(protected: Path) -> None:
    with open_workbook(protected) as opened:
        ((_, grid),) = opened.grids(opened.sheet_names)
    assert grid == ROWS
    data = protected.read_bytes()
    # What a password is held against is another one's.
    at = data.index(bytes.fromhex("2f003600010001000100"))
    her_own = protected.with_name("密码.xls")
    her_own.write_bytes(data[: at + 12] + bytes(16) + data[at + 28 :])
    with pytest.raises(Unusable, match="加了打开密码"):
        open_workbook(her_own)
    her_own.write_bytes(data[: at + 600])
    with pytest.raises(Unusable, match="已损坏"):
        open_workbook(her_own)


@pytest.mark.parametrize("bits", [40, 128])
def test_the_way_of_newer_excel_is_undone_as_another_program_undoes_it(protected: Path, bits: int) -> None:
    container = CFB.from_bytes(protected.read_bytes())
    locked, plain = by_provider(bits)
    container.write_stream("Workbook", locked)
    workbook = container.to_bytes()
    assert stream_of(unlocked(workbook)) == plain
    by_other, into = msoffcrypto.OfficeFile(io.BytesIO(workbook)), io.BytesIO()
    by_other.load_key(password="VelvetSweatshop")
    by_other.decrypt(into)
    assert stream_of(into.getvalue()) == plain
