"""A ledger's header is written where its column is declared, and derived from there."""

import ast
from functools import cache
from pathlib import Path

from schoollib_xl.documents.composing.facts.names import FACTS
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import header_of
from schoollib_xl.ledgers.school import School

PACKAGE = Path(__file__).parents[2] / "schoollib_xl"
# Words of one or two signs (日期, 册数) are words of the language before they are headers; ISBN and ISSN are standards,
# and 工作表 is what Excel calls a sheet.
HEADERS = {field.header for sheet in ALL_SHEETS for field in sheet.fields if len(field.header) > 2} - {
    "ISBN",
    "ISSN",
    "工作表",
}
ELSEWHERE = {
    "ledgers/": "they are declared here",
    "adoption/": "what old lists call their columns, and kinds of tables that are no ledger",
    "wording/excel/functions.py": "what a worksheet function is to be given",
    "samples/": "defects are entered as a hand would enter them",
    "cli/": "what stands for a value on the command line",
    "labels/kinds.py": "书袋卡 is a card that is printed",
    "checks/stock/summary_words.py": "加工费 is looked for in 备注",
    "checks/school/kept_work.py": "管理员 are looked for in the words of a job",
    "checks/stock/accession_shifts.py": "a publisher may be called 出版社",
}


def literals(module: Path) -> set[str]:
    found = ast.walk(ast.parse(module.read_text("utf-8")))
    return {node.value for node in found if isinstance(node, ast.Constant) and isinstance(node.value, str)}


@cache
def written() -> dict[str, set[str]]:
    """The headers each module writes; names of facts are what a sentence asks for."""
    modules = {path.relative_to(PACKAGE).as_posix(): literals(path) & HEADERS for path in PACKAGE.rglob("*.py")}
    papers = {
        name: found - FACTS.keys() if "documents/composing/" in name else found for name, found in modules.items()
    }
    return {name: found for name, found in papers.items() if found}


def test_no_header_of_a_ledger_is_written_a_second_time() -> None:
    assert {name: found for name, found in written().items() if not name.startswith(tuple(ELSEWHERE))} == {}


def test_every_exception_is_still_needed() -> None:
    names = written()
    assert [place for place in ELSEWHERE if not any(name.startswith(place) for name in names)] == []


def test_a_header_and_a_setting_are_found_by_their_fields() -> None:
    assert header_of(School, "cut_off") == "截止日期"
    assert {header_of(sheet.row_type, field.name) for sheet in ALL_SHEETS for field in sheet.fields} >= HEADERS
