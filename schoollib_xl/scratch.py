"""A folder of our own among the system's temporary files, for as long as it is needed."""

import errno
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from schoollib_xl.drafts import draft_in
from schoollib_xl.saving import CannotWrite

_FULL = (errno.ENOSPC, errno.EDQUOT)
_NO_ROOM = "放临时文件的磁盘满了，腾出空间以后再试。"
_NO_ENTRY = "这台电脑的临时文件夹写不了，找管电脑的人看一看再试。"


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
            raise CannotWrite(_NO_ROOM if error.errno in _FULL else _NO_ENTRY) from error
        yield draft


def _temporary_files() -> Path:
    from tempfile import gettempdir

    return Path(gettempdir())
