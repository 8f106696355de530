"""Compiled modules that were cut off by a power cut or on their way to a stick: Python takes them for whole and fails
at every start.
"""

import marshal
from collections.abc import Iterator
from pathlib import Path

# What Python keeps of a compiled module before its code (PEP 552), and what it raises for code that is cut off.
_HEADER = 16
_CUT_OFF = (EOFError, ValueError, TypeError)
_LOADER = "importlib._bootstrap_external"
_MENDED = "程序的文件没有存完整，已经清掉，再运行一次就好。"
_LOST = "程序的文件“{name}”不完整，把程序重新解压或者重新安装一遍。"


def is_damage(error: BaseException) -> bool:
    """Whether an exception says that a compiled module could not be loaded."""
    deepest = error.__traceback__
    while deepest is not None and deepest.tb_next is not None:
        deepest = deepest.tb_next
    is_loading = deepest is not None and _LOADER in deepest.tb_frame.f_code.co_filename
    return is_loading and isinstance(error, _CUT_OFF)


def mend(package: Path) -> str:
    """Take away the compiled modules that are cut off, so that Python compiles them anew; one Chinese sentence."""
    from importlib.util import source_from_cache

    for compiled in list(_cut_off(package)):
        source = Path(source_from_cache(str(compiled))) if compiled.parent.name == "__pycache__" else compiled
        try:
            if not source.is_file() or source == compiled:
                return _LOST.format(name=compiled.name)
            compiled.unlink()
        except OSError:
            return _LOST.format(name=compiled.name)
    return _MENDED


def _cut_off(package: Path) -> Iterator[Path]:
    """The modules compiled for this Python whose code does not load."""
    from importlib.util import MAGIC_NUMBER

    for compiled in sorted(package.rglob("*.pyc")):
        data = compiled.read_bytes()
        try:
            if data[: len(MAGIC_NUMBER)] == MAGIC_NUMBER:
                marshal.loads(data[_HEADER:])
        except _CUT_OFF:
            yield compiled
