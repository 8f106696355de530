"""The papers of the sample school as pages: how many, nothing cut off, the signature in company."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from school import document, sample
from test_pages import lines, words

from office import soffice
from schoollib_xl.documents.composing.composed import Composed
from schoollib_xl.documents.composing.cover import inspection_cover
from schoollib_xl.documents.composing.notices import compensation_notices, overdue_notices
from schoollib_xl.documents.composing.plan import work_plan
from schoollib_xl.documents.composing.registers import stocktake_report, withdrawal_registers
from schoollib_xl.documents.composing.summary import term_summary
from schoollib_xl.documents.filling.packing import package_bytes

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(soffice() is None, reason="LibreOffice is not installed"),
]
PAPERS: dict[str, tuple[int, Callable[[], Composed[Any] | None]]] = {
    "工作计划": (5, lambda: work_plan(sample(date(2026, 2, 23)))),
    "工作总结": (11, lambda: term_summary(sample())),
    "催还单": (1, lambda: next(overdue_notices(sample(date(2025, 10, 16))))),
    "赔偿通知": (1, lambda: next(compensation_notices(sample(date(2025, 10, 16))))),
    "清点报告": (1, lambda: stocktake_report(sample())),
    "注销清册": (2, lambda: next(withdrawal_registers(sample()))),
    "迎检封面": (1, lambda: inspection_cover(sample())),
}


@pytest.mark.parametrize("name", PAPERS)
def test_the_pages_of_the_sample_are_as_many_as_they_should_be_and_end_in_company(name: str, tmp_path: Path) -> None:
    count, compose = PAPERS[name]
    composed = compose()
    assert composed is not None
    path = tmp_path / f"{name}.docx"
    path.write_bytes(package_bytes(document(composed)))
    found = words(path, tmp_path)
    assert len(found) == count
    signed = next(lines(page) for page in found[::-1] if composed.paper.signed_on in lines(page))
    assert signed.index(composed.paper.signed_on) >= 2
    assert all(lines(page) for page in found)
