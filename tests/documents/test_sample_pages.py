"""The papers of the sample school as pages: how many, nothing cut off, the signature in company."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from school import clean, document, material, sample
from test_pages import Word, lines, words_of

from office import convert_all, soffice
from schoollib_xl.documents.composing.cover import inspection_cover
from schoollib_xl.documents.composing.material import CheckedMaterial, Composed
from schoollib_xl.documents.composing.notices import compensation_notices, overdue_notices
from schoollib_xl.documents.composing.plan import work_plan
from schoollib_xl.documents.composing.registers import withdrawal_registers
from schoollib_xl.documents.composing.stocktake_report import stocktake_report
from schoollib_xl.documents.composing.summary import term_summary
from schoollib_xl.documents.filling.figure_marks import unmarked
from schoollib_xl.documents.filling.opening import package_bytes
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.school import Layout

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(soffice() is None, reason="LibreOffice is not installed"),
]
PAPERS: dict[str, tuple[int, Callable[[], Composed[Any] | None]]] = {
    "工作计划": (4, lambda: work_plan(sample(date(2026, 2, 23)))),
    "工作总结": (9, lambda: term_summary(sample())),
    "工作总结_简版": (1, lambda: term_summary(short())),
    "工作计划_简版": (3, lambda: work_plan(short())),
    "催还单": (1, lambda: next(overdue_notices(sample(date(2025, 10, 16))))),
    "赔偿通知": (1, lambda: next(compensation_notices(sample(date(2025, 10, 16))))),
    "清点报告": (1, lambda: stocktake_report(sample())),
    "注销清册": (1, lambda: next(withdrawal_registers(sample()))),
    "迎检封面": (1, lambda: inspection_cover(sample())),
}


# On which page the text of a paper, before its 附件, is signed at the latest.
SIGNED_ON = {"工作总结": 3}


def short() -> CheckedMaterial:
    """The sample school with the short layout."""
    brief = clean().school._replace(layout=Layout.PLAIN)
    return material(LedgerSet(brief, clean().rows).library())


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Composed[Any], list[list[Word]]]]:
    """Each paper and the words of its pages; LibreOffice prints all of them in one run."""
    folder = tmp_path_factory.mktemp("pages")
    composed = {name: compose() for name, (_, compose) in PAPERS.items()}
    for name, one in composed.items():
        assert one is not None
        (folder / f"{name}.docx").write_bytes(package_bytes(document(one)))
    printed = convert_all([folder / f"{name}.docx" for name in composed], folder, "pdf")
    return {name: (one, words_of(pdf)) for (name, one), pdf in zip(composed.items(), printed, strict=True) if one}


@pytest.mark.parametrize("name", PAPERS)
def test_the_pages_of_the_sample_are_as_many_as_they_should_be_and_end_in_company(
    name: str, printed: dict[str, tuple[Composed[Any], list[list[Word]]]]
) -> None:
    composed, found = printed[name]
    assert len(found) == PAPERS[name][0]
    signed_on = unmarked(composed.paper.signed_on)
    page, signed = next((number, lines(page)) for number, page in enumerate(found, 1) if signed_on in lines(page)[2:])
    assert signed.index(signed_on) >= 2
    assert page <= SIGNED_ON.get(name, len(found))
    assert all(lines(page) for page in found)
