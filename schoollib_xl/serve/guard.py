"""Who may ask: only a page of this program, on this computer.

Against DNS rebinding the Host must be ours; against forged requests from other sites the Origin must be, and a body
must be JSON, which no form of another site can send; and every address begins with a token that only the librarian's
browser was given.
"""

from collections.abc import Mapping
from secrets import compare_digest, token_urlsafe

_NAMES = ("127.0.0.1", "localhost")
_OWN_SITES = ("same-origin", "none")
METHODS = ("GET", "POST")
# What a scan, a form or the name of a file comes to, many times over.
MOST_BYTES = 64 * 1024


def new_token() -> str:
    """A token nobody can guess."""
    return token_urlsafe(24)


def is_from_here(headers: Mapping[str, str], port: int) -> bool:
    """Whether the request names this program as its host, and comes from its own page or from no page."""
    hosts = [f"{name}:{port}" for name in _NAMES]
    origin = headers.get("Origin")
    if headers.get("Host") not in hosts or (origin is not None and origin not in [f"http://{one}" for one in hosts]):
        return False
    return headers.get("Sec-Fetch-Site", "none") in _OWN_SITES


def is_json(headers: Mapping[str, str]) -> bool:
    """Whether the body is JSON."""
    return headers.get("Content-Type", "").split(";")[0].strip().lower() == "application/json"


def without_token(path: str, token: str) -> str | None:
    """The rest of an address behind the token; None where that is not right."""
    given, _, rest = path.removeprefix("/").partition("/")
    return rest if compare_digest(given.encode(), token.encode()) else None
