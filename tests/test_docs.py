"""The generated pages in workbook/ are what the program would write today."""

import re
import textwrap

import pytest

from schoollib_xl.catalogue import FOLDER, pages
from schoollib_xl.checks.every import ALL
from schoollib_xl.documents.composing.facts.names import FACTS
from schoollib_xl.documents.composing.words.sentences import SentenceCondition, SentenceSection
from schoollib_xl.ledgers.registry import ALL_SHEETS

ROOT = FOLDER.parent


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    return pages()


def test_every_generated_page_is_current(written: dict[str, str]) -> None:
    """Write them anew with `python -m schoollib_xl.catalogue`."""
    assert {name: (FOLDER / name).read_text("utf-8") for name in written} == written


def test_a_check_is_shown_with_its_words_and_an_example_that_really_fires(written: dict[str, str]) -> None:
    sections = written["核对目录.md"].split("\n## ")
    for code, check in ALL.items():
        (section,) = [text for text in sections if text.startswith(f"{code}　")]
        assert check.title in section, code
        assert check.why in section, code
        assert "\n> " in section, code
        assert "{" not in section, code


def test_every_name_condition_and_section_of_a_sentence_is_explained(written: dict[str, str]) -> None:
    page = written["句式说明.md"]
    assert all(f"| {name} | {meaning} |" in page for name, meaning in FACTS.items())
    assert all(word in page for word in (*SentenceCondition, *SentenceSection))


def test_every_column_of_every_sheet_is_explained(written: dict[str, str]) -> None:
    sections = written["栏目说明.md"].split("\n## ")
    for declared in ALL_SHEETS:
        (section,) = [text for text in sections if text.startswith(f"{declared.name}（")]
        shown = [line.split(" | ")[0].strip("| ") for line in section.splitlines() if line.startswith("| ")]
        assert shown[2:] == [field.header for field in declared.fields]


def test_the_check_that_is_shown_to_the_next_developer_is_one() -> None:
    """Contributing shows a check of the program itself, word for word."""
    (shown,) = re.findall(r"```python\n(.*?)   ```", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.DOTALL)
    sources = [path.read_text("utf-8") for path in (ROOT / "schoollib_xl" / "checks").rglob("*.py")]
    assert [one for one in sources if textwrap.dedent(shown).strip() in one]
