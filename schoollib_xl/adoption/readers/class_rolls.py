"""Class lists as people type them, a class and its names on a line: 三（1）班：甲一、乙二、丙三."""

import re
from collections.abc import Iterable

from schoollib_xl.adoption.forms.kinds import READERS
from schoollib_xl.adoption.forms.list_titles import tells_of_some_people
from schoollib_xl.adoption.readers.same_people import are_mostly_of_han, names_in
from schoollib_xl.ledgers.grades import class_in, whole_grade_in
from schoollib_xl.sheets.cells import Grid

# Behind the class stands how many it has, or a colon: 三（1）班（25人）：
_CLASS_FIRST = re.compile(r"\s*([^:：、，,;；\s]{2,12}?[班级])\s*(?:[(（]?共?\d+[人名][)）]?)?\s*[:：]?\s*(.*)")
# Beside the class: 班主任：刘芳.
_TEACHER = re.compile(r"[(（]?班主任\s*[:：]?\s*[\u4e00-\u9fff]{1,4}[)）]?\s*")
# A pupil a line: 1、甲一.
_NUMBER, _A_NAME = re.compile(r"^\d{1,3}\s*[、.．,，:：)）\s]\s*"), re.compile(r"[\u4e00-\u9fff]{2,4}")
_HEADERS = [READERS.by_name[name].header for name in ("class_name", "name")]


def class_rolls(lines: Iterable[str]) -> Grid | None:
    """The lines as a table of classes and their names; None where fewer than two tell both, or most tell neither. The
    names of a class may go on on the lines below it. A line that is none of it stands as it is.
    """
    grid: Grid = [[*_HEADERS]]
    last, told, others = "", 0, 0
    for line in filter(None, map(str.strip, lines)):
        match = _CLASS_FIRST.fullmatch(line)
        own = match and (class_in(match[1]) or whole_grade_in(match[1]))
        names = _TEACHER.sub("", match[2]) if own and match else line
        if own and match and (not names or len(names_in(names)) > 1):
            last = match[1]
            told += bool(names)
            grid.append([last, names])
        elif last and (len(names_in(line := _NUMBER.sub("", line))) > 1 or _A_NAME.fullmatch(line)):
            told += 1
            grid.append([last, line])
        elif not last and tells_of_some_people(line):
            return None
        else:
            others += 1
            grid.append([line])
    named = [name for _, *cells in grid[1:] for text in cells for name in names_in(str(text))]
    # 三（1）班：扫地、擦窗、浇花 tells of no pupils.
    is_told = told > max(1, others) and are_mostly_of_han(named)
    return [row for row in grid if row[1:] != [""]] if is_told else None
