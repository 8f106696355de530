"""Lists that other programs export under .xls without being workbooks: web pages and XML spreadsheets."""

import re
from collections.abc import Sequence
from contextlib import suppress
from email import message_from_bytes

from schoollib_xl.sheets.opening.apart import Tables
from schoollib_xl.sheets.opening.plain import HALF_CHARACTER, UTF16_MARKS, XML_SPREADSHEET
from schoollib_xl.sheets.opening.quick import Garbled
from schoollib_xl.sheets.opening.web_tables import web_tables
from schoollib_xl.sheets.opening.xml_spreadsheet import spreadsheet_tables

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([\w-]{3,20})""", re.IGNORECASE)
_DECLARED_WITHIN = 4096
# Superset of the two that Chinese programs declare.
_GB = "gb18030"
_GB_NAMES = ("gb2312", "gbk", "gb_2312-80")
# A page in another encoding than any of ours is full of what cannot be read; one such character in so many is a fault.
_RARE = 200
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


def exported_tables(data: bytes, name: str) -> Tables:
    """The sheets of a web page (MHTML too) or of an XML spreadsheet 2003; tables without a name of their own are called
    `name`.

    Raises Garbled for a file that is cut off, that is in no known encoding, or whose XML is not well formed.
    """
    if data.lstrip().startswith(b"MIME-Version:"):
        return web_tables("".join(_pages_of_mhtml(data)), name)
    text = _text(data)
    if XML_SPREADSHEET in text[:_DECLARED_WITHIN]:
        return spreadsheet_tables(_XML_DECLARATION.sub("", text.lstrip("\ufeff")))
    return web_tables(text, name)


def _pages_of_mhtml(data: bytes) -> list[str]:
    parts = [part for part in message_from_bytes(data).walk() if part.get_content_type() == "text/html"]
    contents = [part.get_payload(decode=True) for part in parts]
    return [_text(content) for content in contents if isinstance(content, bytes)]


def _text(data: bytes) -> str:
    """Decoded as what it is valid in, UTF-8 first: what a page declares is often of the program's last version."""
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    named = declared[1].decode("ascii").lower() if declared else _GB
    own = "utf-16" if data.startswith(UTF16_MARKS) else _GB if named in _GB_NAMES else named
    encodings = ("utf-8-sig", own, _GB)
    for encoding in encodings:
        with suppress(UnicodeError, LookupError):
            return data.decode(encoding)
    return _with_halves(data, encodings)


def _with_halves(data: bytes, encodings: Sequence[str]) -> str:
    """Decoded although some characters are cut in halves, as programs do that keep a number of bytes of each text;
    each half is U+FFFD.
    """
    texts: list[str] = []
    for encoding in encodings:
        with suppress(UnicodeError, LookupError):
            texts.append(data.decode(encoding, "replace"))
    fewest = min(texts, key=lambda text: text.count(HALF_CHARACTER))
    if fewest.count(HALF_CHARACTER) * _RARE > len(fewest):
        raise Garbled
    return fewest
