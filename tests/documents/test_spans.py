"""Writing into a stretch of a paragraph that is made of several runs."""

import pytest
from docx import Document

from schoollib_xl.documents.filling.markup import write_span


def written(value: str, *, in_parts: bool) -> list[str]:
    paragraph = Document().add_paragraph()
    for text in ("借书", "17", "99", "册"):
        paragraph.add_run(text)
    write_span(paragraph._p, 2, 6, value, in_parts=in_parts)
    return [run.text for run in paragraph.runs]


@pytest.mark.parametrize(
    ("value", "runs"),
    [
        ("1812", ["借书", "18", "12", "册"]),
        ("11812", ["借书", "11", "812", "册"]),
        ("98", ["借书", "9", "8", "册"]),
        ("7", ["借书", "7", "", "册"]),
    ],
)
def test_a_figure_half_of_which_looks_otherwise_leaves_no_half_without_text(value: str, runs: list[str]) -> None:
    assert written(value, in_parts=True) == runs


def test_any_other_value_looks_like_the_first_character_it_replaces() -> None:
    assert written("1812", in_parts=False) == ["借书", "1812", "", "册"]
