"""Running numbers in Chinese numerals, as far as the longest register goes."""

import pytest
from filled import fill
from paper_samples import withdrawals
from test_templates import FOLDER

from schoollib_xl.documents.filling.blanks import content
from schoollib_xl.documents.filling.lists import chinese_numeral
from schoollib_xl.documents.regeneration.dump import dump

NUMERALS = {
    1: "一",
    10: "十",
    11: "十一",
    20: "二十",
    99: "九十九",
    100: "一百",
    101: "一百零一",
    110: "一百一十",
    1000: "一千",
    1001: "一千零一",
    1010: "一千零一十",
    12345: "一万二千三百四十五",
}


@pytest.mark.parametrize("number", NUMERALS)
def test_a_number_is_counted_as_headings_are(number: int) -> None:
    assert chinese_numeral(number) == NUMERALS[number]


def test_a_register_of_more_than_a_hundred_copies_is_written() -> None:
    said = dump(fill(FOLDER / "注销清册.docx", content(withdrawals(120))))
    assert sum("十万个为什么" in line for line in said) == 120
