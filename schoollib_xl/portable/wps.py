"""安装WPS按钮 and 移除WPS按钮: our add-in into and out of WPS, with the entries of other add-ins kept to the byte."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, fromstring

import schoollib_xl
from schoollib_xl import __version__
from schoollib_xl.saving import CannotWrite, make_folder, replace
from schoollib_xl.serve.program import running
from schoollib_xl.serve.wps import ADDRESS_FILE, NAME, addins_folder, address_script

LIST = "publish.xml"
_FOLDER = f"{NAME}_{__version__}"
_ENTRY = (
    f'<jsplugin name="{NAME}" type="et" url="{_FOLDER}" version="{__version__}" enable="enable_dev" install="null"'
    ' customDomain=""/>'
)
_EMPTY = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<jsplugins>\n</jsplugins>\n'
_ROOT = "jsplugins"
# An entry of ours, whatever its kind and version, with the blanks before it.
_OURS = re.compile(rf"""\s*<(jsplugin\w*)\b(?=[^>]*\sname\s*=\s*["']{NAME}["'])[^>]*?(?:/>|>\s*</\1\s*>)""")
_END = re.compile(rf"\s*</{_ROOT}\s*>|(?<=<{_ROOT})\s*/>")
_SAID_ENCODING = re.compile(rb"""<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']""")

INSTALLED = "装好了。关掉WPS再打开，上面多出“图书室”这一栏。按按钮以前先双击“开始.cmd”，WPS自己开不了别的程序。"
REMOVED = "移除了，别的加载项没有动。关掉WPS再打开，“图书室”这一栏就没有了。"
NOT_INSTALLED = "WPS里没有装过图书室的按钮，什么也没有动。"
_STRANGE_LIST = "WPS的加载项清单“{path}”看不懂，没有动它；在WPS的“开发工具 → 加载项”里看一看，或者找管电脑的人。"


def install() -> str:
    """Put the add-in into this user's WPS; a sentence of what to do next. Raises CannotWrite: nothing has changed."""
    folder = addins_folder()
    text, encoding = _listed(folder / LIST)
    new = _with_entry(_without_entry(text))
    if not _keeps_others(text, new):
        raise CannotWrite(_STRANGE_LIST.format(path=folder / LIST))
    make_folder(folder / _FOLDER)
    for name, content in _files():
        replace(folder / _FOLDER / name, content)
    replace(folder / _FOLDER / ADDRESS_FILE, address_script(running(None)).encode())
    replace(folder / LIST, new.encode(encoding))
    _remove_folders(folder, but=_FOLDER)
    return INSTALLED


def remove() -> str:
    """Take the add-in out of this user's WPS again; a sentence. Raises CannotWrite."""
    folder = addins_folder()
    text, encoding = _listed(folder / LIST)
    new = _without_entry(text)
    was_there = new != text or any(_folders(folder))
    if not _keeps_others(text, new):
        raise CannotWrite(_STRANGE_LIST.format(path=folder / LIST))
    if new != text:
        replace(folder / LIST, new.encode(encoding))
    _remove_folders(folder)
    return REMOVED if was_there else NOT_INSTALLED


def _files() -> Iterator[tuple[str, bytes]]:
    package = Path(schoollib_xl.__file__).parent
    places = (package / "macros" / "wps", package.parent / "macros" / "wps")
    source = next(place for place in places if place.is_dir())
    for path in sorted(source.rglob("*")):
        if path.is_file():
            yield path.relative_to(source).as_posix(), path.read_bytes()


def _listed(path: Path) -> tuple[str, str]:
    """The list of add-ins and its encoding; an empty one where there is none yet. Raises CannotWrite."""
    try:
        content = path.read_bytes() if path.exists() else b""
        encoding = _encoding(content)
        return content.decode(encoding) if content.strip() else _EMPTY, encoding
    except (OSError, ValueError, LookupError):
        raise CannotWrite(_STRANGE_LIST.format(path=path)) from None


def _encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    said = _SAID_ENCODING.match(content.removeprefix(b"\xef\xbb\xbf"))
    return said[1].decode() if said else "utf-8"


def _without_entry(text: str) -> str:
    return _OURS.sub("", text)


def _with_entry(text: str) -> str:
    """The list with our entry at its end."""
    end = _END.search(text)
    if end is None:
        return text
    closing = f"\n</{_ROOT}>" if end[0].endswith("/>") else end[0]
    opening = ">" if end[0].endswith("/>") else ""
    return f"{text[: end.start()]}{opening}\n  {_ENTRY}{closing}{text[end.end() :]}"


def _keeps_others(was: str, now: str) -> bool:
    """Whether both are lists of add-ins, and the entries of others are the same in both."""
    try:
        return _others(was) == _others(now)
    except (ParseError, ValueError):
        return False


def _others(text: str) -> list[tuple[str, dict[str, str]]]:
    # A declaration speaks of bytes, which these are not any more.
    root: Element = fromstring(re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", text))
    if root.tag != _ROOT:
        raise ValueError(root.tag)
    return [(element.tag, dict(element.attrib)) for element in root if element.get("name") != NAME]


def _folders(folder: Path) -> Iterator[Path]:
    """The folders of ours: named so, and with the file that only ours has."""
    return (found for found in folder.glob(f"{NAME}_*") if (found / ADDRESS_FILE).is_file())


def _remove_folders(folder: Path, but: str = "") -> None:
    """Take our folders away; one that WPS holds open stays and is not listed any more."""
    for found in list(_folders(folder)):
        if found.name != but:
            shutil.rmtree(found, ignore_errors=True)
