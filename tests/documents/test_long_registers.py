"""Registers with more rows than a hundred."""

from filled import fill
from paper_samples import withdrawals
from test_templates import FOLDER

from documents.read_back import dump
from schoollib_xl.documents.filling.blanks import content


def test_a_register_of_more_than_a_hundred_copies_is_written() -> None:
    said = dump(fill(FOLDER / "注销清册.docx", content(withdrawals(120))))
    assert sum("十万个为什么" in line for line in said) == 120
