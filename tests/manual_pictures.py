"""The pictures of the manual: what a librarian sees of the sample school with its known faults.

    python tests/manual_pictures.py

Needs Chromium; run again when the pages change, and look at what came out.
"""

import base64
import os
import tempfile
from datetime import date, datetime
from pathlib import Path
from threading import Thread

from browser import Page, open_page
from schoollib_xl.ledgers.library import Library
from schoollib_xl.pages.manual.reading import PICTURES
from schoollib_xl.quotas.allowance import allowance
from schoollib_xl.quotas.stock import lendable
from schoollib_xl.samples.faults import RAW_FAULTS, with_faults
from schoollib_xl.samples.year import clean_school
from schoollib_xl.serve.answers import Answers
from schoollib_xl.serve.room import Room
from schoollib_xl.serve.server import Server
from schoollib_xl.sheets.building.workbook import write_workbook

# A day of the sample school on which its library is open.
DAY = date(2026, 6, 3)


def main() -> None:
    """Build the workbook, open its pages, write the pictures."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SCHOOLLIB_HOME"] = folder
        workbook = Path(folder) / "图书室七本账.xlsx"
        write_workbook(with_faults(clean_school()), workbook, RAW_FAULTS)
        room = Room(DAY)
        served = room.open(workbook)
        with Server(0, "manual", Answers(room)) as server:
            Thread(target=server.serve_forever, daemon=True).start()
            served.look(datetime.now())
            with open_page(f"{server.address}w/{served.key}/", Path(folder)) as page:
                page.wait_for("document.getElementById('today') !== null")
                shoot(page, "page")
                page.evaluate("document.getElementById('findings').scrollIntoView({ behavior: 'instant' })")
                page.wait_for("document.getElementById('findings').getBoundingClientRect().top < 200")
                shoot(page, "findings")
                page.open(f"{server.address}w/{served.key}/desk")
                page.wait_for("document.activeElement.id === 'code'")
                for code in card_and_copy(served.library):
                    page.evaluate("document.getElementById('answer').className = ''")
                    page.evaluate(f"document.getElementById('code').value = '{code}'")
                    page.evaluate("document.getElementById('scan').requestSubmit()")
                    page.wait_for("document.getElementById('answer').className !== ''")
                shoot(page, "desk")
            room.close()
            server.shutdown()


def card_and_copy(books: Library | None) -> tuple[str, str]:
    """A reader who may borrow, and a copy nobody has had."""
    assert books
    reader = next(number for number in books.readers if allowance(books, number, books.as_of).left)
    free = (copy.accession_no for copy in lendable(books, books.as_of))
    return reader, next(number for number in free if number not in books.loans_by_copy)


def shoot(page: Page, name: str) -> None:
    """Keep what the page shows now."""
    (PICTURES / f"{name}.png").write_bytes(base64.b64decode(page.screenshot()))


if __name__ == "__main__":
    main()
