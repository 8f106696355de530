"""What is said of the first check of what was taken over."""

from pathlib import Path

from adoption.old_lists import TODAY, old_book
from schoollib_xl.actions.adopting import take_over
from schoollib_xl.adoption.options import Options


def test_what_the_first_check_says_counts_cells_and_names_their_column(tmp_path: Path) -> None:
    rows = [
        ("登记号", "书名", "分类号"),
        *((f"{at:06}", f"书{at}", "I287") for at in range(1, 9)),
        ("000009", "书9", ""),
    ]
    old = old_book(tmp_path / "旧账.xlsx", {"书": rows})
    done = take_over([old], tmp_path / "新.xlsx", Options(as_of=TODAY))
    assert done.result.check_sentences[0] == "第一次核对：还有 10 处要看。"
    assert done.result.check_sentences[1] == "先看这几样：必填的格子空着（单价）9 处；必填的格子空着（分类号）1 处。"
