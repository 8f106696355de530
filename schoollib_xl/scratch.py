"""A folder of our own among the system's temporary files, for as long as it is needed."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from schoollib_xl.drafts import draft_in
from schoollib_xl.refusals import of_scratch
from schoollib_xl.saving import CannotWrite


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """An empty folder among the system's temporary files, private to this user; gone afterwards and, where the program
    is killed meanwhile, with the next that makes a draft there: no copy of her books stays behind on a PC of others.

    Raises CannotWrite where the computer has no place for it.
    """
    with ExitStack() as held:
        try:
            draft = held.enter_context(draft_in(_temporary_files()))
            draft.mkdir(mode=0o700)
        except OSError as error:
            raise CannotWrite(of_scratch(error)) from error
        yield draft


def _temporary_files() -> Path:
    from tempfile import gettempdir

    return Path(gettempdir())
