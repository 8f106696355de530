"""The sample school, from its workbook to its papers, in one folder."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from schoollib_xl.actions.checking import Checked, answer_of, check
from schoollib_xl.actions.filing import file_answer
from schoollib_xl.actions.papers import notices, plan, summary, write_papers
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.quotas.statement import statement
from schoollib_xl.samples.faults import RAW_FAULTS, with_faults
from schoollib_xl.samples.scale import Size
from schoollib_xl.samples.terms import SECOND
from schoollib_xl.samples.year import clean_school
from schoollib_xl.saving import CannotWrite, is_output, is_taken, make_folder
from schoollib_xl.sheets.building.contents import RawCell
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.reading.loading import Loaded
from schoollib_xl.wording.checking.first_steps import numbered, steps_to_take
from schoollib_xl.wording.quotas.quota_answer import quota_answer

CLEAN_NAME = "图书室七本账.xlsx"
BUTTONS_NAME = "图书室七本账.xlsm"
FAULTY_NAME = "图书室七本账（有错）.xlsx"
FAULTY_BUTTONS_NAME = "图书室七本账（有错）.xlsm"
# Results of the faulty workbook lie apart, so that those of the right one keep their plain names.
FAULTY_FOLDER = "有错的一份"
WORKBOOKS = (CLEAN_NAME, BUTTONS_NAME, FAULTY_NAME, FAULTY_BUTTONS_NAME)
# The mark of its workbooks: the next demonstration replaces them, as long as nobody touched them, and no others.
_KIND = "演示"


def demonstrate(folder: Path, size: Size) -> Iterator[str]:
    """Make everything, and say line by line what was made and where; `large` and `stress` make the right
    workbook only.

    Raises CannotWrite.
    """
    workbooks = WORKBOOKS if size is Size.SCHOOL else WORKBOOKS[:1]
    if taken := next((name for name in workbooks if is_taken(folder / name, _KIND)), None):
        raise CannotWrite(
            f"“{folder}”里已经有一个“{taken}”，不是演示做的，或者后来改过，没有动它；用 --into 换一个文件夹。"
        )
    make_folder(folder)
    yield from _everything(folder, size)


def made_in(folder: Path) -> list[str]:
    """The files of ours that lie in the folder, by their way from it."""
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and is_output(path)
    )


def _everything(folder: Path, size: Size) -> Iterator[str]:
    clean = clean_school(size=size)
    _write(clean, folder / CLEAN_NAME)
    yield f"样本学校的工作簿在：{folder / CLEAN_NAME}"
    if size is Size.SCHOOL:
        _write(clean, folder / BUTTONS_NAME)
        yield f"带按钮的一份（在Excel里用）在：{folder / BUTTONS_NAME}"
        faulty = with_faults(clean)
        _write(faulty, folder / FAULTY_NAME, RAW_FAULTS)
        _write(faulty, folder / FAULTY_BUTTONS_NAME, RAW_FAULTS)
        yield f"错了几处的一份在：{folder / FAULTY_NAME}，带按钮的在：{folder / FAULTY_BUTTONS_NAME}"
        at_end = check(folder / CLEAN_NAME, None)
        yield from _results(at_end, folder / CLEAN_NAME, folder)
        yield from _results(check(folder / FAULTY_NAME, None), folder / FAULTY_NAME, folder / FAULTY_FOLDER)
        yield from _quotas(at_end.library, folder)
        yield from _papers(folder / CLEAN_NAME, at_end.library, folder)


def _write(ledger_set: LedgerSet, target: Path, raw: Iterable[RawCell] = ()) -> None:
    write_workbook(ledger_set, target, raw, kind=_KIND)


def _results(checked: Checked, workbook: Path, folder: Path) -> Iterator[str]:
    make_folder(folder)
    answer = answer_of(checked, workbook)
    written = file_answer(answer, checked.library.school, folder, workbook)
    yield ""
    yield f"核对《{workbook.name}》：{answer.sentences[0]}"
    yield from (f"　{one}" for one in numbered(steps_to_take(checked.library, checked.report, checked.causes)))
    yield f"　核对结果在：{written}"


def _quotas(library: Library, folder: Path) -> Iterator[str]:
    answer = quota_answer(library, statement(library))
    yield ""
    yield f"{answer.title}：{answer.sentences[0]}"
    yield f"　定额和名单在：{file_answer(answer, library.school, folder)}"


def _papers(workbook: Path, library: Library, folder: Path) -> Iterator[str]:
    """The plan as it stood when the term began, the summary and the notices as it ended."""
    at_start, at_end = Loaded(library.on(SECOND.start), ""), Loaded(library, "")
    yield ""
    for composed in (plan(workbook, at_start), summary(workbook, at_end), notices(workbook, at_end)):
        written = write_papers(composed, folder)
        yield from (*written.told, *written.faults)
        yield from (f"　提醒：{note}" for note in composed.notes)
