"""The floor: the named sheets of a workbook into lists, by the reader `schoollib check` is built on, and no more."""

import sys

from python_calamine import CalamineWorkbook

path, *names = sys.argv[1:]
workbook = CalamineWorkbook.from_path(path)
grids = [workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names]
