"""Start, second start and end of the resident program."""

import errno
import gc
import http.client
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from schoollib_xl.cli.arguments import Misspoken
from schoollib_xl.serve.answers import Answers
from schoollib_xl.serve.guard import new_token
from schoollib_xl.serve.memory import forget_address, one_start_at_a_time, remember_address, remembered
from schoollib_xl.serve.room import Room
from schoollib_xl.serve.served import key_of
from schoollib_xl.serve.server import Server
from schoollib_xl.serve.wps import announce
from schoollib_xl.sheets.opening.vetting import sniff
from schoollib_xl.wording.page.serving import ENDED, NO_BROWSER, TAB_SENTENCE, already_open, begun, no_port, other_port

# In no list of well-known ports, and below those a system gives away by itself.
FIRST_PORT = 8517
# So many other programs on one computer would be odd.
_MOST_PORTS = 20
_SECONDS_TO_ANSWER = 3
_SECONDS_BETWEEN_LOOKS = 0.5
_TAKEN = (errno.EADDRINUSE, errno.EACCES)

Tell = Callable[[str], None]


def serve(workbook: Path | None, as_of: date | None, port: int, tell: Tell, *, shows: bool) -> None:
    """Serve until Ctrl+C or the page's own button; where the program runs already, show its page and end.

    Raises Unusable for a file that is no workbook, Misspoken where no port is free.
    """
    if workbook:
        sniff(workbook)
    with one_start_at_a_time():
        address = running(workbook)
        room = Room(as_of)
        server = None if address else _begun(workbook, room, port)
    if server is None:
        tell(already_open(workbook.name if workbook else "", address))
        _show(address, tell, shows)
        return
    # A resident program gives memory back; a press of a button does not need to.
    gc.enable()
    if port and server.server_port != port:
        tell(other_port(port, server.server_port))
    _serve(server, room, f"{server.address}w/{key_of(workbook)}/" if workbook else server.address, tell, shows)


def _begun(workbook: Path | None, room: Room, port: int) -> Server:
    """A server that answers, and that a second start finds. Raises Misspoken, Unusable."""
    server = _listening(port, room)
    if workbook:
        room.open(workbook)
    Thread(target=server.serve_forever, daemon=True).start()
    remember_address(server.address)
    announce(server.address)
    return server


def _serve(server: Server, room: Room, address: str, tell: Tell, shows: bool) -> None:
    with server:
        tell(begun(address))
        tell(TAB_SENTENCE)
        _show(address, tell, shows)
        try:
            _wait(room)
        finally:
            room.close()
            server.shutdown()
            forget_address(server.address)
            announce(running(None))
    tell(ENDED)


def _wait(room: Room) -> None:
    """Until the page closes the room, or Ctrl+C; waiting without an end would not hear Ctrl+C on Windows."""
    with suppress(KeyboardInterrupt):
        while not room.closed.wait(_SECONDS_BETWEEN_LOOKS):
            pass


def _listening(first: int, room: Room) -> Server:
    token = new_token()
    last = min(first + _MOST_PORTS, 65535)
    for port in range(first, last + 1):
        try:
            return Server(port, token, Answers(room))
        except OSError as error:
            if error.errno not in _TAKEN:
                raise
    raise Misspoken(no_port(first, last))


def running(workbook: Path | None) -> str:
    """The page of a program that has this workbook open already, or of any for none; '' where there is no such."""
    key = key_of(workbook) if workbook else ""
    for address in remembered().addresses:
        if _answers(f"{address}open/{key}" if key else f"{address}alive"):
            return f"{address}w/{key}/" if key else address
    return ""


def _answers(address: str) -> bool:
    """Whether a program of ours is there and says yes."""
    there = urlsplit(address)
    connection = http.client.HTTPConnection(there.hostname or "", there.port, timeout=_SECONDS_TO_ANSWER)
    try:
        connection.request("GET", there.path)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _show(address: str, tell: Tell, shows: bool) -> None:
    if not shows:
        return
    try:
        is_shown = webbrowser.open(address)
    except (webbrowser.Error, OSError):
        is_shown = False
    if not is_shown:
        tell(NO_BROWSER)
