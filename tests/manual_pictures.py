"""The pictures of the manual and of the README: what a librarian sees of the sample school with its known faults.

    python tests/manual_pictures.py

Needs Chromium, LibreOffice and pdftoppm; run again when the pages change, and look at what came out.
"""

import base64
import os
import subprocess
import tempfile
from datetime import date, datetime
from pathlib import Path
from threading import Thread

from browser import Page, open_page
from office import convert
from schoollib_xl.actions.checking import answer_of, check
from schoollib_xl.actions.filing import file_answer
from schoollib_xl.actions.starting import begin
from schoollib_xl.ledgers.library import Library
from schoollib_xl.packages import parts_of, zipped
from schoollib_xl.pages.manual.reading import PICTURES
from schoollib_xl.quotas.basis.stock import lendable
from schoollib_xl.quotas.borrowing.allowance import allowance
from schoollib_xl.samples.faults import RAW_FAULTS, with_faults
from schoollib_xl.samples.year import clean_school
from schoollib_xl.serve.answers import Answers
from schoollib_xl.serve.room import Room
from schoollib_xl.serve.server import Server
from schoollib_xl.sheets.building.workbook import write_workbook

WORKBOOK_PICTURES = Path(__file__).parents[1] / "workbook" / "pictures"
# So many dots an inch that a page of A4 fills half a screen.
DOTS = 75
# A day of the sample school on which its library is open.
DAY = date(2026, 7, 1)


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
        print_workbooks(workbook, Path(folder))


def print_workbooks(workbook: Path, folder: Path) -> None:
    """The first page of 核对结果.xlsx and of the list in it, and the first sheet of a new workbook."""
    checked = check(workbook, None)
    answers = file_answer(answer_of(checked, workbook), checked.library.school, folder, workbook)
    results = convert(answers, folder, "pdf")
    draw(results, 1, "核对结果")
    draw(results, 3, "问题清单")
    new = folder / "新.xlsm"
    begin(new, DAY)
    # Its buttons are not printed; here they are what is to be seen.
    parts = parts_of(new.read_bytes())
    shown = {name: part.replace(b"<x:PrintObject>False</x:PrintObject>", b"") for name, part in parts.items()}
    new.write_bytes(zipped({name: shown[name] if name.endswith(".vml") else part for name, part in parts.items()}))
    draw(convert(new, folder, "pdf"), 1, "按钮")


def draw(pdf: Path, page: int, name: str) -> None:
    """Keep a page of a PDF as a picture."""
    which = ("-f", str(page), "-l", str(page), "-singlefile")
    subprocess.run(["pdftoppm", "-r", str(DOTS), "-png", *which, pdf, WORKBOOK_PICTURES / name], check=True)


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
