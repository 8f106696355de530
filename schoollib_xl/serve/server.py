"""The server: the standard library's, with a thread for each request.

Chosen among http.server, bottle with waitress, starlette with uvicorn, aiohttp and cheroot. One browser on one
computer asks once a second: speed under load decides nothing. http.server adds no megabyte to the USB folder
and no wheel to be pinned, is imported in some 20 ms (starlette with uvicorn takes some 200), and is kept up with Python
itself. What it lacks (routing, limits, the guard) are the lines below and in guard.py, each tested.
"""

import socket
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import NamedTuple
from urllib.parse import quote, unquote

from schoollib_xl.names import legible
from schoollib_xl.serve.guard import (
    METHODS,
    MOST_BYTES,
    PREFLIGHT,
    addin_origin,
    is_from_here,
    is_our_host,
    without_token,
)
from schoollib_xl.unexpected import log_unexpected_error
from schoollib_xl.wording.page.serving import NO_SUCH_METHOD, NOT_THERE, NOT_UNDERSTOOD, REFUSED, TOO_LONG

# A browser keeps a connection for its next request; one that says nothing for so long is let go.
_SECONDS_OF_SILENCE = 60
TEXT = "text/plain; charset=utf-8"
# This computer and no other.
_HERE = "127.0.0.1"
_HEADERS = {
    # Neither a forgotten escape nor a cell's text can make a page fetch or run anything but our own files.
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Reply(NamedTuple):
    """An answer: its content, what it is, the status, and the name to save it under ('' to show it)."""

    content: bytes
    kind: str = "text/html; charset=utf-8"
    status: HTTPStatus = HTTPStatus.OK
    save_as: str = ""


Answering = Callable[[str, str, bytes], Reply | None]
"""What answers a method, an address behind the token, and a body; None where there is no such page."""


class Server(ThreadingHTTPServer):
    """Serves one computer; raises OSError where the port is taken."""

    daemon_threads = True
    # On Windows a second program could otherwise take a port that is in use.
    allow_reuse_address = not hasattr(socket, "SO_EXCLUSIVEADDRUSE")

    def __init__(self, port: int, token: str, answering: Answering) -> None:
        super().__init__((_HERE, port), _Handler)
        self.token = token
        self.answering = answering

    def server_bind(self) -> None:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        # Not HTTPServer's own: it asks the network for this computer's name, which may take seconds.
        TCPServer.server_bind(self)
        self.server_name, self.server_port = _HERE, int(self.server_address[1])

    @property
    def address(self) -> str:
        """Where the page is, token and all."""
        return f"http://{_HERE}:{self.server_port}/{self.token}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that went away is no news, and nothing of a request is ever logged."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "schoollib"
    sys_version = ""
    timeout = _SECONDS_OF_SILENCE

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing is logged: addresses hold the token, and scans are names."""

    def log_error(self, *_: object) -> None:
        """Nor is a request that was refused."""

    def parse_request(self) -> bool:
        """Refuse everything that nobody of ours would ask, before anything is looked at."""
        self._addin = ""
        if not super().parse_request():
            return False
        headers, port = dict(self.headers.items()), self.server.server_port
        self._rest = without_token(self.path.partition("?")[0], self.server.token)
        addin = addin_origin(self._rest, headers) if is_our_host(headers, port) else ""
        if self.command not in METHODS and not (addin and self.command == PREFLIGHT):
            self._refuse(HTTPStatus.METHOD_NOT_ALLOWED, NO_SUCH_METHOD, Allow=", ".join(METHODS))
            return False
        if self._rest is None or not (addin or is_from_here(headers, port)):
            self._refuse(HTTPStatus.FORBIDDEN, REFUSED)
            return False
        self._addin = addin
        return True

    def do_OPTIONS(self) -> None:
        """Let the add-in's page post JSON."""
        self._begin(
            HTTPStatus.NO_CONTENT,
            {"Access-Control-Allow-Methods": "POST", "Access-Control-Allow-Headers": "Content-Type"},
        )

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or self.headers.get_content_type() != "application/json":
            self._refuse(HTTPStatus.BAD_REQUEST, NOT_UNDERSTOOD)
        elif int(length) > MOST_BYTES:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TOO_LONG)
        else:
            self._answer(self.rfile.read(int(length)))

    def _answer(self, body: bytes) -> None:
        try:
            reply = self.server.answering(self.command, unquote(self._rest or ""), body)
        except Exception:  # she sees a sentence and a log, never a traceback
            sentence = log_unexpected_error().encode()
            reply = Reply(sentence, TEXT, HTTPStatus.INTERNAL_SERVER_ERROR)
        self._send(reply or Reply(NOT_THERE.encode(), TEXT, HTTPStatus.NOT_FOUND))

    def _refuse(self, status: HTTPStatus, sentence: str, **headers: str) -> None:
        """Say no and hang up: what else was sent is not read."""
        self.close_connection = True
        self._send(Reply(sentence.encode(), TEXT, status), Connection="close", **headers)

    def _send(self, reply: Reply, **headers: str) -> None:
        if reply.save_as:
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(legible(reply.save_as), safe='')}"
        length = str(len(reply.content))
        self._begin(reply.status, {"Content-Type": reply.kind, "Content-Length": length, **headers})
        if self.command != "HEAD":
            self.wfile.write(reply.content)

    def _begin(self, status: HTTPStatus, headers: dict[str, str]) -> None:
        self.send_response(status)
        addin = {"Access-Control-Allow-Origin": self._addin, "Vary": "Origin"} if self._addin else {}
        for name, value in {**_HEADERS, **addin, **headers}.items():
            self.send_header(name, value)
        self.end_headers()
