"""Quotes in text tables: a lawful field is one cell, a stray quote swallows no row."""

from pathlib import Path

import pytest

from schoollib_xl.sheets.opening.plain import read_text_rows


def rows(folder: Path, text: str) -> list[list[str]]:
    path = folder / "书.csv"
    path.write_bytes(text.encode())
    return [[str(cell) for cell in row] for row in read_text_rows(path)]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        # Never closed, closed by the next stray one, or right before a delimiter some rows below.
        ('a,b,c\n1,"小河,10\n2,大山,12\n', [["a", "b", "c"], ["1", '"小河', "10"], ["2", "大山", "12"]]),
        ('a,b,c\r\n1,"小河,10\r\n2,"大山,12', [["a", "b", "c"], ["1", '"小河', "10"], ["2", '"大山', "12"]]),
        ('a,b,c\n1,"小河,10\n2,大山",12\n', [["a", "b", "c"], ["1", '"小河', "10"], ["2", '大山"', "12"]]),
        ('a,b,c\n1,"小河,10\n2,"大山",12\n', [["a", "b", "c"], ["1", '"小河', "10"], ["2", "大山", "12"]]),
        ('a\tb\tc\n1\t"小河\t10\n2\t大山\t12\n', [["a", "b", "c"], ["1", '"小河', "10"], ["2", "大山", "12"]]),
        ('a,b,c\n1,"小河"传,10\n2,大山,12\n', [["a", "b", "c"], ["1", '"小河"传', "10"], ["2", "大山", "12"]]),
        ('a,b,c\n1,5" 屏,10\n2,大山,"', [["a", "b", "c"], ["1", '5" 屏', "10"], ["2", "大山", '"']]),
        # Lawful ones, whatever stands in them.
        ('a,b,c\n1,"小河\n水,一生",10\n', [["a", "b", "c"], ["1", "小河\n水,一生", "10"]]),
        ('a,b\n1,"小河\n水, 一生"\n', [["a", "b"], ["1", "小河\n水, 一生"]]),
        ('a,b,c\n1,"说,""好"",完",10\n2,"",3\n', [["a", "b", "c"], ["1", '说,"好",完', "10"], ["2", "", "3"]]),
        ('"a","b"\n"1","小河" \n', [["a", "b"], ["1", "小河 "]]),
        ('a,b,c,d,e\n1,甲,"小河\n水",10,5\n', [["a", "b", "c", "d", "e"], ["1", "甲", "小河\n水", "10", "5"]]),
    ],
)
def test_a_stray_quote_is_a_sign_and_swallows_no_row(text: str, cells: list[list[str]], tmp_path: Path) -> None:
    assert rows(tmp_path, text) == cells


def test_many_stray_quotes_are_read_in_no_time(tmp_path: Path) -> None:
    text = "a,b,c\n" + "".join(f'{number},"小河,""\n' for number in range(5000))
    assert len(rows(tmp_path, text)) == 5001
