"""Who may ask: only a page of this program, on this computer.

Against DNS rebinding the Host must be ours; against forged requests from other sites the Origin must be, and a body
must be JSON, which no form of another site can send; and every address begins with a token that only the librarian's
browser was given, and her WPS: the pages of its add-in are opened from files and have no origin of their own, so what
they may ask has addresses of its own.
"""

from collections.abc import Mapping
from secrets import compare_digest, token_urlsafe

_NAMES = ("127.0.0.1", "localhost")
_OWN_SITES = ("same-origin", "none")
METHODS = ("GET", "POST")
# Where the add-in asks, and what a browser calls the origin of a page that was opened from a file.
ADDIN = "wps/"
_FROM_FILES = ("null", "file://")
# What a browser asks by itself before such a page may post JSON.
PREFLIGHT = "OPTIONS"
# What a scan, a form or the name of a file comes to, many times over.
MOST_BYTES = 64 * 1024


def new_token() -> str:
    """A token nobody can guess."""
    return token_urlsafe(24)


def is_from_here(headers: Mapping[str, str], port: int) -> bool:
    """Whether the request names this program as its host, and comes from its own page or from no page."""
    origin = headers.get("Origin")
    is_foreign = origin is not None and origin not in [f"http://{host}" for host in _hosts(port)]
    if not is_our_host(headers, port) or is_foreign:
        return False
    return headers.get("Sec-Fetch-Site", "none") in _OWN_SITES


def addin_origin(rest: str | None, headers: Mapping[str, str]) -> str:
    """The origin of a page that was opened from a file and asks where the add-in may; '' for any other."""
    origin = headers.get("Origin", "")
    return origin if rest is not None and rest.startswith(ADDIN) and origin in _FROM_FILES else ""


def is_our_host(headers: Mapping[str, str], port: int) -> bool:
    """Whether the request names this program as its host."""
    return headers.get("Host") in _hosts(port)


def _hosts(port: int) -> list[str]:
    return [f"{name}:{port}" for name in _NAMES]


def without_token(path: str, token: str) -> str | None:
    """The rest of an address behind the token; None where that is not right."""
    given, _, rest = path.removeprefix("/").partition("/")
    return rest if compare_digest(given.encode(), token.encode()) else None
