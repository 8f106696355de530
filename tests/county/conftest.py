"""A county that is rolled up in the tests' own process."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from county.schools import asked, county_of
from schoollib_xl.actions.county import rolling
from schoollib_xl.actions.county.examiner import examined
from schoollib_xl.actions.county.job import SchoolJob, SchoolOutcome


@pytest.fixture(scope="module")
def schools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("各校")
    county_of(folder, 4)
    return folder


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Without Dask and other processes, where these are not the point: the workbooks that are read, in their order."""
    files: list[str] = []

    def spread(jobs: Sequence[SchoolJob], **_: object) -> Iterator[SchoolOutcome]:
        for job in jobs:
            files.append(job.file)
            yield SchoolOutcome(job, **examined(asked(job.workbook, job.as_of, job.seed)))

    monkeypatch.setattr(rolling, "ensure_installed", lambda: None)
    monkeypatch.setattr(rolling, "spread", spread)
    return files
