"""Which tests the fast loop leaves out, and which begin first."""

import gc
import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

HERE = Path(__file__).parent
# Else each of the hundred processes that are started would compile the whole program for itself.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# Schools are made by the hundred and thrown away: what is young is looked through less often, which spares a tenth of
# the time.
gc.set_threshold(100_000, 20, 100)
# The same examples in every run: a test that fails does so for everybody and again. EXPLORE=1 draws others.
settings.register_profile("steady", derandomize="EXPLORE" not in os.environ)
settings.load_profile("steady")
# A worker takes a file at a time: the longest first, so that none is left when the others have ended.
LONGEST = (
    "excel/test_buttons.py",
    "excel/test_live.py",
    "test_contract.py",
    "test_papers_cli.py",
    "test_house.py",
    "county/test_county.py",
    "checks/test_checking_again.py",
    "documents/test_regeneration.py",
    "documents/test_random_edits.py",
    "checks/test_seeded_defects.py",
    "sheets/test_opening.py",
)
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
        "test_udf.py",
        "test_wps_install.py",
    }
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow, so that `-m "not slow"` is quick; put the longest files first."""
    places = {path: path.relative_to(HERE) for path in {item.path for item in items}}
    slow = {path for path, where in places.items() if SLOW & {where.parts[0], where.as_posix()}}
    turns = {HERE / name: turn for turn, name in enumerate(LONGEST)}
    for item in items:
        if item.path in slow:
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: turns.get(item.path, len(turns)))


def pytest_configure() -> None:
    """A name in the lists that is no longer there does nothing."""
    gone = sorted(name for name in {*SLOW, *LONGEST} if not (HERE / name).exists())
    if gone:
        raise pytest.UsageError(f"tests/conftest.py names what is not there: {gone}")
