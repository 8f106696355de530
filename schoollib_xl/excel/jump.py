"""Show one cell of a workbook in Excel: `python -m schoollib_xl.excel.jump 工作簿 工作表 格子`."""

import sys

import xlwings


def show(workbook: str, sheet: str, cell: str) -> None:
    """Bring the workbook to the front, opened if it is not open, and select the cell. Raises what Excel raises."""
    book = xlwings.Book(workbook)
    book.app.visible = True
    book.activate(steal_focus=True)
    place = book.sheets[sheet]
    place.activate()
    place.range(cell).select()


if __name__ == "__main__":
    show(*sys.argv[1:4])
