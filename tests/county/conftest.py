"""A county that is rolled up in the tests' own process."""

from collections.abc import Iterator, Sequence

import pytest

from schoollib_xl.actions.county import rolling
from schoollib_xl.actions.county.examiner import examined
from schoollib_xl.actions.county.job import SchoolJob, SchoolOutcome


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Dask and other processes, where these are not the point."""

    def spread(jobs: Sequence[SchoolJob], **_: object) -> Iterator[SchoolOutcome]:
        for job in jobs:
            asked = {"file": str(job.workbook), "is_copy": False, "as_of": job.as_of, "seed": job.seed}
            yield SchoolOutcome(job, **examined(asked))

    monkeypatch.setattr(rolling, "ensure_installed", lambda: None)
    monkeypatch.setattr(rolling, "spread", spread)
