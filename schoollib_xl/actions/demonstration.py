"""The sample school, from its workbook to its papers, in one folder."""

import json
from collections.abc import Iterator
from pathlib import Path

from schoollib_xl.actions.checking import RESULTS_NAME, check, write_results
from schoollib_xl.actions.papers import notices, plan, summary, write_papers
from schoollib_xl.actions.quotas import QUOTAS_NAME, write_quotas
from schoollib_xl.quotas.statement import statement
from schoollib_xl.samples.faults import RAW_FAULTS, with_faults
from schoollib_xl.samples.terms import SECOND
from schoollib_xl.samples.year import Size, clean_school
from schoollib_xl.saving import CannotWrite, make_folder, write
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.reading.loading import load
from schoollib_xl.wording.quota_text import headline
from schoollib_xl.wording.summary import first_steps, verdict

CLEAN_NAME = "图书室七本账.xlsx"
BUTTONS_NAME = "图书室七本账.xlsm"
FAULTY_NAME = "图书室七本账（有错）.xlsx"
# Results of the faulty workbook lie apart, so that those of the right one keep their plain names.
FAULTY_FOLDER = "有错的一份"
# What an earlier demonstration wrote here, so that the next one replaces its own files and no others.
_MADE = "演示文件.json"


def demonstrate(folder: Path, size: Size) -> Iterator[str]:
    """Make everything, and say line by line what was made and where; `large` and `stress` make the right
    workbook only.

    Raises CannotWrite.
    """
    make_folder(folder)
    _clear(folder)
    others = _files(folder)
    try:
        yield from _everything(folder, size)
    finally:
        made = sorted(_files(folder) - others)
        write(folder / _MADE, json.dumps(made, ensure_ascii=False, indent=1).encode())


def _everything(folder: Path, size: Size) -> Iterator[str]:
    clean = clean_school(size=size)
    write_workbook(clean, folder / CLEAN_NAME)
    yield f"样本学校的工作簿在：{folder / CLEAN_NAME}"
    if size is Size.SCHOOL:
        write_workbook(clean, folder / BUTTONS_NAME)
        yield f"带按钮的一份（在Excel里用）在：{folder / BUTTONS_NAME}"
        write_workbook(with_faults(clean), folder / FAULTY_NAME, RAW_FAULTS)
        yield f"错了几处的一份在：{folder / FAULTY_NAME}"
        yield from _checked(folder / CLEAN_NAME, folder)
        yield from _checked(folder / FAULTY_NAME, folder / FAULTY_FOLDER)
        yield from _quotas(folder / CLEAN_NAME, folder)
        yield from _papers(folder / CLEAN_NAME, folder)


def _checked(workbook: Path, folder: Path) -> Iterator[str]:
    checked = check(workbook, None)
    make_folder(folder)
    written = write_results(checked, workbook, folder)
    yield ""
    yield f"核对《{workbook.name}》：{verdict(checked.library, checked.report)}"
    yield from (f"　{number}. {step}" for number, step in enumerate(first_steps(checked.report), 1))
    yield f"　核对结果在：{written}"


def _quotas(workbook: Path, folder: Path) -> Iterator[str]:
    library = check(workbook, None).library
    stated = statement(library)
    yield ""
    yield f"借阅定额：{headline(stated)}"
    yield f"　定额和名单在：{write_quotas(stated, library, folder)}"


def _papers(workbook: Path, folder: Path) -> Iterator[str]:
    """The plan as it stood when the term began, the summary and the notices as it ended."""
    yield ""
    at_end = load(workbook, None)
    for composed in (
        plan(workbook, load(workbook, SECOND.start)),
        summary(workbook, at_end),
        notices(workbook, at_end),
    ):
        written = write_papers(composed, folder)
        yield from (*written.told, *written.faults)


def _clear(folder: Path) -> None:
    """Take away what an earlier demonstration made here.

    Raises CannotWrite where a file of the same name is somebody else's.
    """
    made = folder / _MADE
    if made.exists():
        for name in json.loads(made.read_text("utf-8")):
            (folder / Path(name)).unlink(missing_ok=True)
        made.unlink()
    for name in (CLEAN_NAME, BUTTONS_NAME, FAULTY_NAME, RESULTS_NAME, QUOTAS_NAME):
        if (folder / name).exists():
            raise CannotWrite(f"“{folder}”里已经有一个“{name}”，不是演示做的，没有动它；用 --into 换一个文件夹。")


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
