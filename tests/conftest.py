"""Which tests the fast loop leaves out."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent
# Rooms and modules whose tests open a real program, write and read whole workbooks, or check whole schools: of the
# time all tests take they take more than nine tenths.
SLOW = frozenset(
    {
        "adoption",
        "causes",
        "county",
        "documents",
        "excel",
        "inspection",
        "labels",
        "lists",
        "serve",
        "wps",
        "checks/test_advice.py",
        "checks/test_blanks.py",
        "checks/test_checking_again.py",
        "checks/test_contradictions.py",
        "checks/test_legitimate.py",
        "checks/test_reads.py",
        "checks/test_seeded_defects.py",
        "checks/test_stocktake_kinds.py",
        "desk/test_killed_desk.py",
        "quotas/test_feasible_schools.py",
        "quotas/test_lending_plan.py",
        "quotas/test_recomputation.py",
        "samples/test_legal_acts.py",
        "samples/test_year.py",
        "sheets/test_building.py",
        "sheets/test_further_sheets.py",
        "sheets/test_memory.py",
        "sheets/test_opening.py",
        "sheets/test_quota_book.py",
        "sheets/test_round_trip.py",
        "test_bundle.py",
        "test_cli.py",
        "test_contract.py",
        "test_demo.py",
        "test_docs.py",
        "test_house.py",
        "test_outputs.py",
        "test_papers_cli.py",
        "test_portable_on_windows.py",
        "test_udf.py",
        "test_wps_install.py",
    }
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow, so that `-m "not slow"` is quick."""
    for item in items:
        where = item.path.relative_to(HERE)
        if SLOW & {where.parts[0], where.as_posix()}:
            item.add_marker(pytest.mark.slow)


def pytest_configure() -> None:
    """A name in the list that is no longer there marks nothing."""
    gone = sorted(name for name in SLOW if not (HERE / name).exists())
    if gone:
        raise pytest.UsageError(f"tests/conftest.py names what is not there: {gone}")
