"""Lists that other programs export under .xls without being workbooks: web pages and XML spreadsheets."""

import re
from email import message_from_bytes

from schoollib_xl.sheets.opening.apart import Tables
from schoollib_xl.sheets.opening.plain import UTF16_MARKS, XML_SPREADSHEET
from schoollib_xl.sheets.opening.quick import Garbled
from schoollib_xl.sheets.opening.web_tables import web_tables
from schoollib_xl.sheets.opening.xml_spreadsheet import spreadsheet_tables

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([\w-]{3,20})""", re.IGNORECASE)
_DECLARED_WITHIN = 4096
# Superset of the two that Chinese programs declare.
_GB = "gb18030"
_GB_NAMES = ("gb2312", "gbk", "gb_2312-80")
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
    for encoding in ("utf-8-sig", own, _GB):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise Garbled
