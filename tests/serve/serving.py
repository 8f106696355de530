"""A small workbook that is served, and requests to the program that serves it."""

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any, NamedTuple

import pytest

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.serve.answers import Answers
from schoollib_xl.serve.room import Room
from schoollib_xl.serve.served import Served
from schoollib_xl.serve.server import Server
from schoollib_xl.sheets.building.workbook import write_workbook

TOKEN = "a-token-for-tests"
# The day on which the server answers as well.
NOON = datetime.now()


class Answer(NamedTuple):
    """What came back."""

    status: int
    text: str
    headers: dict[str, str]


def small_workbook(path: Path, title: str = "城南旧事") -> Path:
    """A workbook of one copy, one reader and one loan, with plenty that disagrees."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(_small_workbook(title))
    return path


@cache
def _small_workbook(title: str) -> bytes:
    rows = (example(AccessionRow, title=title), example(ReaderRow), example(LoanRow, accession_no=title))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "七本账.xlsx"
        write_workbook(LedgerSet.of(*rows), path)
        return path.read_bytes()


class Asking:
    """Asks a server as a browser does; each header can be said otherwise."""

    def __init__(self, server: Server, served: Served) -> None:
        self.server = server
        self.served = served
        self.base = f"/{TOKEN}/w/{served.key}/"

    def get(self, address: str = "", **headers: str) -> Answer:
        return self.ask("GET", f"{self.base}{address}", None, headers)

    def post(self, address: str, body: Any, **headers: str) -> Answer:
        said = {"Content-Type": "application/json", "Origin": f"http://127.0.0.1:{self.server.server_port}"}
        return self.ask("POST", f"{self.base}{address}", json.dumps(body), said | headers)

    def choose(self, address: str, body: Any) -> Answer:
        """What the page of all workbooks asks."""
        return self.ask("POST", f"/{TOKEN}/{address}", json.dumps(body), {"Content-Type": "application/json"})

    def ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=90)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body.encode() if body is not None else None, named)
        answer = connection.getresponse()
        found = Answer(answer.status, answer.read().decode(errors="replace"), dict(answer.getheaders()))
        connection.close()
        return found


@contextmanager
def serving(workbook: Path) -> Iterator[Asking]:
    """A server of one workbook that has been read, and is looked at again only when a test does so."""
    room = Room(None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Served, "start", lambda _: None)
        served = room.open(workbook)
    with Server(0, TOKEN, Answers(room)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        served.look(NOON)
        try:
            yield Asking(server, served)
        finally:
            room.close()
            server.shutdown()
