"""Pages as they come out of LibreOffice: the grid, page numbers, headings of long tables, the signature."""

import subprocess
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import paper_samples
import pytest
from filled import fill
from test_templates import FOLDER

from documents.read_back import dump
from office import convert, convert_all, soffice
from schoollib_xl.documents.filling.blanks import content
from schoollib_xl.documents.filling.opening import package_bytes
from schoollib_xl.documents.papers.plan import PlanLine, WorkPlan

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(soffice() is None, reason="LibreOffice is not installed"),
]


class Word(NamedTuple):
    """A word of a page with its box in points."""

    text: str
    left: float
    top: float
    right: float


class _Boxes(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pages: list[list[Word]] = []
        self._box: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "page":
            self.pages.append([])
        self._box = {name: value or "" for name, value in attrs} if tag == "word" else {}

    def handle_endtag(self, tag: str) -> None:
        self._box = {}

    def handle_data(self, data: str) -> None:
        if self._box:
            left, top, right = (float(self._box[side]) for side in ("xmin", "ymin", "xmax"))
            self.pages[-1].append(Word(data, left, top, right))


def words_of(pdf: Path) -> list[list[Word]]:
    """Return the words of each page of a PDF."""
    boxes = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True)
    parser = _Boxes()
    parser.feed(boxes.stdout)
    return parser.pages


def lines(page: list[Word]) -> list[str]:
    """Return the text of each line of a page from the top down."""
    heights = Counter(round(word.top) for word in page)
    return ["".join(word.text for word in page if round(word.top) == height) for height in sorted(heights)]


# Plans of so many lines that the signature comes near the end of a page.
ENDINGS = range(8, 20, 2)
Printed = dict[str, list[list[Word]]]


def long_plan() -> WorkPlan:
    body = (PlanLine("图书室管理员认真做好借阅登记工作" * 100), PlanLine("按表借还。"), PlanLine("逐月核对。"))
    return WorkPlan(
        school="青禾小学",
        school_year="2026—2027",
        term="第一学期",
        body=body,
        signed_by="图书室",
        signed_on="2026年9月1日",
    )


def plan_of(lines: int) -> WorkPlan:
    body = tuple(PlanLine(f"第{number}件事要做好。") for number in range(lines))
    return replace(paper_samples.plan(), body=body, months=(), targets=(), openings=(), turns=())


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """The words of each paper's pages; LibreOffice prints all of them in one run."""
    folder = tmp_path_factory.mktemp("pages")
    papers = {
        "长计划": ("工作计划", long_plan()),
        "计划": ("工作计划", paper_samples.plan()),
        "总结": ("工作总结", paper_samples.summary()),
        "清册": ("注销清册", paper_samples.withdrawals(90)),
        **{f"{lines}行": ("工作计划", plan_of(lines)) for lines in ENDINGS},
    }
    for name, (template, said) in papers.items():
        (folder / f"{name}.docx").write_bytes(package_bytes(fill(FOLDER / f"{template}.docx", content(said))))
    pdfs = convert_all([folder / f"{name}.docx" for name in papers], folder, "pdf")
    return {name: words_of(pdf) for name, pdf in zip(papers, pdfs, strict=True)}


def test_a_page_holds_twenty_two_lines_of_twenty_eight_characters(printed: Printed) -> None:
    second = lines(printed["长计划"][1])
    assert [len(line) for line in second[:-1]] == [28] * 22
    assert second[-1] == "—2—"


def test_page_numbers_stand_outside_one_character_in(printed: Printed) -> None:
    # GB/T 9704-2012, 7.5: odd pages right, even pages left, one character of 14 pt from the edge of the type area.
    numbers = [[word for word in page if word.text in ("—", "1", "2", "3")][-3:] for page in printed["总结"][:2]]
    left_edge, right_edge = 28 / 25.4 * 72, (210 - 26) / 25.4 * 72
    assert ["".join(word.text for word in number) for number in numbers] == ["—1—", "—2—"]
    assert numbers[0][-1].right == pytest.approx(right_edge - 14, abs=2)
    assert numbers[1][0].left == pytest.approx(left_edge + 14, abs=2)


def test_a_table_over_several_pages_repeats_its_headings(printed: Printed) -> None:
    found = printed["清册"]
    listed = ["".join(word.text for word in page) for page in found if any("十万个" in word.text for word in page)]
    assert len(listed) >= 3
    assert all("个别登记号" in page for page in listed)


def test_the_date_never_stands_alone_on_a_page(printed: Printed) -> None:
    for extra in ENDINGS:
        last = lines(printed[f"{extra}行"][-1])
        at = next(place for place, line in enumerate(last) if line == f"{paper_samples.SCHOOL}图书室")
        assert at >= 2, extra
        assert last[at + 1] == "2026年9月1日"


def test_the_title_breaks_by_its_sense(printed: Printed) -> None:
    first = lines(printed["计划"][0])
    assert first[:3] == [paper_samples.SCHOOL, "图书室工作计划", "（2026—2027学年度第一学期）"]


def test_a_filled_template_that_another_program_saved_first_says_the_same(tmp_path: Path) -> None:
    resaved = convert(FOLDER / "工作总结.docx", tmp_path, "docx")
    said = content(paper_samples.summary())
    ours, theirs = (dump(fill(path, said)) for path in (FOLDER / "工作总结.docx", resaved))
    end = next(place for place, line in enumerate(ours) if line.startswith("页面"))
    assert theirs[:end] == ours[:end]
