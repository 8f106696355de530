"""Why the system did not let a file be written, in one sentence."""

import errno
import re
from collections.abc import Iterable
from pathlib import Path

_REASONS = {
    errno.ENOSPC: "磁盘满了，“{name}”没有写成，腾出空间以后再试。",
    errno.EDQUOT: "磁盘满了，“{name}”没有写成，腾出空间以后再试。",
    errno.EFBIG: "磁盘放不下这么大的文件，“{name}”没有写成，腾出空间或者换一个磁盘再试。",
    errno.EROFS: "“{folder}”只能看不能写，“{name}”没有写成，换一个文件夹再试。",
    errno.EACCES: "“{folder}”不让写入，“{name}”没有写成，关闭正在用它的程序或者换一个文件夹再试。",
    errno.EPERM: "“{folder}”不让写入，“{name}”没有写成，关闭正在用它的程序或者换一个文件夹再试。",
    errno.ENOTDIR: "“{folder}”不是文件夹，“{name}”没有写成，换一个位置再试。",
    errno.EEXIST: "“{name}”已经有了，没有动它；换一个名字，或者先移走它再试。",
    errno.EISDIR: "“{name}”是一个文件夹的名字，没有写成，换一个名字再试。",
    errno.ENAMETOOLONG: "文件名太长，“{name}”没有写成，把工作簿或文件夹的名称改短再试。",
}
_OTHERWISE = "“{folder}”里写不了文件，“{name}”没有写成，换一个文件夹再试。"
# A disk that is full, or a file as long as the system lets it be.
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_ROOM = "放临时文件的磁盘满了，腾出空间以后再试。"
_NO_ENTRY = "这台电脑的临时文件夹写不了，找管电脑的人看一看再试。"
_NAMED = "“([^”]*)”没有写成，"
# What is said of a file and not of a folder.
_OF_A_FILE = "“{name}”没有写成，"


def folded(sentences: Iterable[str]) -> tuple[str, ...]:
    """Refusals of several files for one reason as one sentence, which names the first and says how many."""
    alike: dict[str, list[str]] = {}
    for sentence in sentences:
        alike.setdefault(re.sub(_NAMED, "", sentence), []).append(sentence)
    return tuple(_together(same) for same in alike.values())


def _together(same: list[str]) -> str:
    # Of a folder that takes no paper at all nothing is named.
    named = [sentence for sentence in same if re.search(_NAMED, sentence)]
    return re.sub(_NAMED, rf"“\1”等 {len(named)} 份没有写成，", named[0]) if len(named) > 1 else (named or same)[0]


def of_file(error: OSError, path: Path) -> str:
    """Why a file was not written, and what to do."""
    return _sentence(error).format(folder=_called(path.parent), name=path.name)


def of_folder(error: OSError, folder: Path) -> str:
    """Why no file can be written into a folder, and what to do."""
    return _sentence(error).replace(_OF_A_FILE, "").format(folder=_called(folder), name=folder.name)


def _called(folder: Path) -> str:
    """Of the folder worked in a path says nothing but a dot."""
    return str(folder) if folder.parts else "现在的文件夹"


def of_scratch(error: OSError) -> str:
    """Why nothing can be written among the system's temporary files, and what to do."""
    return _NO_ROOM if error.errno in FULL else _NO_ENTRY


def _sentence(error: OSError) -> str:
    return _REASONS.get(error.errno or 0, _OTHERWISE)
