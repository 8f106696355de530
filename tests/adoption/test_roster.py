"""Class lists against the books: who stays, moves, comes and leaves, and who is asked about."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import zip_longest
from pathlib import Path
from random import Random
from typing import Any

import docx
import openpyxl
import pytest

from adoption.old_lists import old_book
from make import library, row
from running import schoollib
from schoollib_xl.adoption.roster.answers import read_answers
from schoollib_xl.adoption.roster.books import Rostered, take_in
from schoollib_xl.adoption.roster.matching import FINISHED, RosterOutcome
from schoollib_xl.adoption.roster.report import open_questions, roster_answer, roster_json, unused_rows
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Row
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import LeavingReason, ReaderKind
from schoollib_xl.samples.year import clean_school
from schoollib_xl.sheets.books.answer_book import write_answer_book
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.wording.answer import in_words
from test_cli import digest

HEADER = ("序号", "姓名", "性别")
Sheets = Mapping[str, Sequence[Sequence[Any]]]


def a_class(name: str, grade: int, pupils: int = 2) -> ClassRow:
    return row(ClassRow, class_name=name, grade=grade, pupils=pupils)


def a_reader(number: str, name: str, class_name: str | None, **changes: Any) -> ReaderRow:
    return row(ReaderRow, reader_no=number, name=name, class_name=class_name, **changes)


SCHOOL: tuple[Row, ...] = (
    a_class("三（1）班", 3),
    a_class("三（2）班", 3),
    a_class("四（1）班", 4),
    a_class("六（1）班", 6),
    a_reader("S0007", "林小满", "三（1）班"),
    a_reader("S0008", "王思远", "三（1）班"),
    a_reader("S0009", "陈一鸣", "三（2）班"),
    a_reader("S0010", "赵雨桐", "三（2）班"),
    a_reader("S0011", "何书瑶", "四（1）班"),
    a_reader("S0012", "郑可心", "四（1）班"),
    a_reader("S0013", "许文博", "六（1）班"),
    a_reader("S0014", "孙立秋", "六（1）班"),
    row(LoanRow, reader_no="S0013", class_name="六（1）班", returned_on=None),
    row(LoanRow, loan_no="J000002", reader_no="S0008", class_name="三（1）班", returned_on=None),
)


def held(
    folder: Path, sheets: Sheets, *rows: Row, new: bool = False, answers: Mapping[Any, str] | None = None
) -> Rostered:
    """What comes of class lists held against the books."""
    lists = old_book(folder / "名单.xlsx", sheets)
    return take_in(library(*(rows or SCHOOL)), [lists], answers or {}, is_new_year=new)


def names(*said: str) -> list[tuple[Any, ...]]:
    """A class list under a title-less header."""
    return [HEADER, *((number, name, "女") for number, name in enumerate(said, 1))]


def row_records(done: Rostered) -> dict[str, tuple[RosterOutcome, str]]:
    return {one.row.name: (one.outcome, done.changes.numbers.get(one.row, "")) for one in done.decisions}


def cards(done: Rostered) -> dict[str, ReaderRow]:
    found = {card.reader_no: card for card in done.changes.readers}
    assert len(found) == len(done.changes.readers)
    return found


def test_within_the_year_pupils_stay_move_come_and_leave(tmp_path: Path) -> None:
    lists = {
        "三(1)班": names("林小满", "赵雨桐", "周新来"),
        "三年级2班": names("陈一鸣"),
        "四（1）班": names("何书瑶", "郑 可 心"),
        "六（1）班": names("许文博", "孙立秋"),
    }
    done = held(tmp_path, lists)
    assert row_records(done)["赵雨桐"] == (RosterOutcome.MOVED, "S0010")
    assert row_records(done)["周新来"] == (RosterOutcome.JOINED, "S0015")
    assert roster_json(done) == {"kept": 6, "moved": 1, "repeating": 0, "joined": 1, "left": 1, "questions": []}
    left = cards(done)["S0008"]
    assert (left.stopped_on, left.stop_reason, left.class_name) == (date(2026, 1, 23), LeavingReason.MOVED, "三（1）班")
    assert cards(done)["S0010"].class_name == "三（1）班"
    assert [(one.class_name, one.pupils) for one in done.changes.classes][:2] == [("三（1）班", 3), ("三（2）班", 1)]
    # The loan of the one who left stands where it stood.
    assert [loan.reader_no for loan in done.ledger_set.rows[LoanRow]] == ["S0013", "S0008"]


def test_a_new_year_promotes_first_and_knows_who_is_kept_down(tmp_path: Path) -> None:
    lists = {
        "四(1)班": names("林小满", "赵雨桐", "何书瑶"),
        "四(2)班": names("陈一鸣", "王思远"),
        "五(1)班": names("郑可心"),
        "六(1)班": names("许文博"),
        "一(1)班": names("新一甲", "吴小朵"),
    }
    done = held(tmp_path, lists, new=True)
    told = {name: outcome for name, (outcome, _) in row_records(done).items()}
    assert told["林小满"] is RosterOutcome.KEPT
    assert (told["赵雨桐"], told["王思远"]) == (RosterOutcome.MOVED, RosterOutcome.MOVED)
    assert (told["何书瑶"], told["许文博"], told["郑可心"]) == (
        RosterOutcome.REPEATING,
        RosterOutcome.REPEATING,
        RosterOutcome.KEPT,
    )
    assert (told["新一甲"], told["吴小朵"]) == (RosterOutcome.JOINED, RosterOutcome.JOINED)
    back, gone = cards(done)["S0013"], cards(done)["S0014"]
    assert (back.class_name, back.stopped_on) == ("六（1）班", None)
    assert (gone.stopped_on, gone.stop_reason) == (date(2026, 9, 1), LeavingReason.GRADUATED)
    assert roster_json(done)["left"] == 1
    first = next(one for one in done.changes.class_changes if one.class_name.startswith("一"))
    assert (first.after, first.is_new) == (2, True)
    assert {loan.reader_no: loan.class_name for loan in done.ledger_set.rows[LoanRow]}["S0008"] == "四（2）班"


def test_namesakes_and_near_names_are_asked_about_and_nothing_is_done_to_them(tmp_path: Path) -> None:
    school = (*SCHOOL, a_reader("S0020", "林小满", "三（2）班"), a_reader("S0021", "曾诗涵", "四（1）班"))
    lists = {
        "三（1）班": names("林小满", "王思源"),
        "三（2）班": names("陈一鸣", "赵雨桐"),
        "四（1）班": names("何书瑶", "郑可心", "曾思涵"),
    }
    done = held(tmp_path, lists, *school)
    asked = roster_json(done)["questions"]
    assert asked == [
        {"name_on_list": "林小满", "candidates": ["S0007", "S0020"]},
        {"name_on_list": "王思源", "candidates": ["S0008"]},
        {"name_on_list": "曾思涵", "candidates": ["S0021"]},
    ]
    untouched = [cards(done)[number] for number in ("S0007", "S0008", "S0020", "S0021")]
    assert [card.stopped_on for card in untouched] == [None] * 4
    assert not done.changes.leavers
    assert len(done.changes.readers) == 10


def test_answers_in_the_report_decide(tmp_path: Path) -> None:
    lists = {"三（1）班": names("林晓满", "王思源"), "三（2）班": names("陈一鸣", "赵雨桐")}
    report = write_answer_book(roster_answer(held(tmp_path, lists)), tmp_path / "名册报告.xlsx")
    book = openpyxl.load_workbook(report)
    sheet = book["要问的"]
    written = {"林晓满": "S0007", "王思源": "新"}
    for cells in sheet.iter_rows():
        if answer := written.get(str(cells[3].value)):
            cells[7].value = answer
    book.save(report)
    done = held(tmp_path, lists, answers=read_answers(report))
    assert row_records(done)["林晓满"] == (RosterOutcome.KEPT, "S0007")
    assert row_records(done)["王思源"] == (RosterOutcome.JOINED, "S0015")
    assert cards(done)["S0008"].stop_reason is LeavingReason.MOVED
    assert not open_questions(done)


@pytest.mark.parametrize("answer", ["S0008", "S9999", "不知道"])
def test_an_answer_that_is_nobodys_or_anothers_card_decides_nothing(answer: str, tmp_path: Path) -> None:
    lists = {"三（1）班": names("林晓满", "王思远")}
    done = held(tmp_path, lists, answers={("名单.xlsx", "三（1）班", "2", "林晓满"): answer})
    assert [one.row.name for one in open_questions(done)] == ["林晓满"]
    assert answer in done.sentences[0]


def test_a_number_that_is_on_no_card_leaves_the_name_to_tell(tmp_path: Path) -> None:
    """学籍号 of the county is no card number, whatever it may be alike to."""
    header = ("序号", "学籍号", "姓名", "班级")
    rows = [
        (1, "20231001", "林小满", "三（1）班"),
        (2, "S0010", "王思远", "三（1）班"),
        (3, "20231003", "许新", "三（1）班"),
    ]
    done = held(tmp_path, {"名册": [header, *rows]})
    assert row_records(done) == {
        "林小满": (RosterOutcome.KEPT, "S0007"),
        "王思远": (RosterOutcome.KEPT, "S0008"),
        "许新": (RosterOutcome.JOINED, "S0015"),
    }


def test_card_numbers_go_before_names(tmp_path: Path) -> None:
    header = ("读者证号", "姓名", "班级")
    rows = [
        ("S0007", "林小满", "三（2）班"),
        ("S0008", "王思远", "三（1）班"),
        ("S0009", "陈铭", "三（2）班"),
        ("S0030", "方圆", "三（2）班"),
    ]
    done = held(tmp_path, {"名册": [header, *rows]})
    assert row_records(done)["林小满"] == (RosterOutcome.MOVED, "S0007")
    assert row_records(done)["方圆"] == (RosterOutcome.JOINED, "S0030")
    asked = open_questions(done)
    assert [(one.row.name, [card.number for card in one.candidates]) for one in asked] == [("陈铭", ["S0009"])]


def test_a_short_list_says_of_nobody_that_he_left(tmp_path: Path) -> None:
    many = [a_reader(f"S{number:04}", f"学生{number}号", "五（1）班") for number in range(100, 120)]
    done = held(tmp_path, {"五（1）班": names("方圆", "学生101号")}, a_class("五（1）班", 5, 20), *SCHOOL, *many)
    assert not done.changes.leavers
    assert done.changes.classes[0].pupils == 21
    assert "五（1）班" in done.changes.unlisted


def test_a_list_of_those_who_left_is_not_taken_for_a_class_list(tmp_path: Path) -> None:
    lists = {"三（1）班": names("林小满", "王思远"), "转出学生名单": [("姓名", "班级"), ("陈一鸣", "三（2）班")]}
    done = held(tmp_path, lists)
    assert [outcome.place.sheet for outcome in unused_rows(done)] == ["转出学生名单"]
    gone = {"三（1）班": [("姓名", "备注"), ("林小满", ""), ("王思远", "已转走")]}
    assert [one.row.name for one in open_questions(held(tmp_path, gone))] == ["王思远"]


@pytest.mark.parametrize("written", ["林小满（转入）", "林小滿", "林晓满", "林满"])
def test_a_name_that_may_be_somebodys_is_asked_about(written: str, tmp_path: Path) -> None:
    done = held(tmp_path, {"三（1）班": names(written, "王思远")})
    assert [[card.number for card in one.candidates] for one in open_questions(done)] == [["S0007"]]


def test_a_newcomer_who_stands_there_twice_is_asked_about(tmp_path: Path) -> None:
    lists = {"三（1）班": names("林小满", "王思远", "方圆", "方圆")}
    assert [one.row.name for one in open_questions(held(tmp_path, lists))] == ["方圆", "方圆"]
    answers = {("名单.xlsx", "三（1）班", line, "方圆"): answer for line, answer in (("4", "新"), ("5", "重复"))}
    done = held(tmp_path, lists, answers=answers)
    assert [one.outcome for one in done.decisions][2:] == [RosterOutcome.JOINED, RosterOutcome.TWICE]
    both = held(tmp_path, lists, answers=dict.fromkeys(answers, "新"))
    assert [cards(both)[number].remarks for number in ("S0015", "S0016")] == ["转入；同名"] * 2


def test_a_pupil_whom_the_lists_have_in_two_grades_is_asked_about(tmp_path: Path) -> None:
    lists = {"三（1）班": names("林小满", "王思远"), "四（1）班": names("林小满")}
    done = held(tmp_path, lists)
    asked = [(one.row.class_name, [card.number for card in one.candidates]) for one in open_questions(done)]
    assert asked == [("三（1）班", ["S0007"]), ("四（1）班", ["S0007"])]
    answers = {("名单.xlsx", "三（1）班", "2", "林小满"): "重复", ("名单.xlsx", "四（1）班", "2", "林小满"): "S0007"}
    assert cards(held(tmp_path, lists, answers=answers))["S0007"].class_name == "四（1）班"
    numbered = {
        "三（1）班": [("学籍号", "姓名"), ("G1001", "林小满"), ("G1002", "王思远")],
        "四（1）班": [("学籍号", "姓名"), ("G2001", "林小满")],
    }
    assert not open_questions(held(tmp_path, numbered))


def test_titles_blocks_side_by_side_and_groups_are_read(tmp_path: Path) -> None:
    beside = [
        ("三（1）班学生名单",),
        ("序号", "姓名", "序号", "姓名"),
        (1, "林小满", 2, "王思远"),
    ]
    groups = [("三（2）班座位表",), ("第一组", "第二组"), ("陈一鸣", "赵雨桐")]
    done = held(tmp_path, {"甲": beside, "乙": groups})
    assert [one.outcome for one in done.decisions] == [RosterOutcome.KEPT] * 4


def in_sheets(folder: Path, sheets: Sheets) -> Path:
    return old_book(folder / "名单.xlsx", sheets)


def in_text(folder: Path, lines: Sequence[str]) -> Path:
    path = folder / "名单.txt"
    path.write_text("\n".join(lines), "gb18030")
    return path


def in_word(folder: Path, lines: Sequence[str], grids: Sheets) -> Path:
    """Paragraphs, then below the name of each class a table of names."""
    paper = docx.Document()
    for line in lines:
        paper.add_paragraph(line)
    for over, rows in grids.items():
        paper.add_paragraph(over)
        table = paper.add_table(len(rows), len(rows[0]))
        for cells, said in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, said, strict=False):
                cell.text = text
    paper.save(str(folder / "名单.docx"))
    return folder / "名单.docx"


def test_lists_are_read_in_whatever_form_class_teachers_keep_them(tmp_path: Path) -> None:
    # Of other peoples no surname tells that these are names.
    classes = {
        "三（1）班": ["林小满", "赵雨桐", "扎西次仁", "卓玛", "达娃"],
        "三（2）班": ["陈一鸣", "石清秋", "齐安"],
        "四（1）班": ["何书瑶", "郑可心", "万里"],
        "六（1）班": ["许文博", "孙立秋", "冯小河"],
    }
    beside = [("学生花名册",), ("班主任：林老师", None, "人数：", 5), ("序号", "姓名") * 2]
    codes = {
        f"{'零一二三四五六'.index(name[0])}0{name[2]}": [
            *beside,
            *((1, first, at + 4, other) for at, (first, other) in enumerate(zip_longest(of[:3], of[3:]))),
        ]
        for name, of in classes.items()
    }
    a_cell = [
        ("班级", "班主任", "人数", "学生姓名"),
        *((name, "林老师", len(of), "、".join(of)) for name, of in classes.items()),
    ]
    marks: list[tuple[Any, ...]] = [("学生成绩表",), ("班级", "姓名", "语文")]
    addresses: list[tuple[Any, ...]] = []
    for name, of in classes.items():
        marks += [(None if at else name, one, 80) for at, one in enumerate(of)] + [(None, "平均", 80)]
        addresses += [
            (f"{name} 班主任：林老师",),
            ("学号", "姓名", "家长电话"),
            *((at, one, None) for at, one in enumerate(of, 1)),
        ]
    rolls = [f"{name}：{'、'.join(of)}" for name, of in classes.items()]
    below = [line for name, of in classes.items() for line in (f"{name}  班主任：林芳", "、".join(of))]
    each = [line for name, of in classes.items() for line in (name, *(f"{at}、{one}" for at, one in enumerate(of, 1)))]
    once: list[tuple[Any, ...]] = [("年级", "班级", "姓名")]
    for name, of in classes.items():
        once += [
            (f"{name[0]}年级", f"{name[2]}班", of[0]),
            *((None, None, one) for one in of[1:]),
            (None, "小计", len(of)),
        ]
    grids = {name: [of[:3], of[3:]] if len(of) > 3 else [of] for name, of in classes.items()}
    forms: list[Callable[[Path], Path]] = [
        *(
            partial(in_sheets, sheets=sheets)
            for sheets in (codes, {"一览": a_cell}, {"期末": marks}, {"通讯录": addresses}, {"名册": once})
        ),
        partial(in_text, lines=["各班学生名单", *rolls]),
        partial(in_text, lines=each),
        partial(in_word, lines=["学生花名册", *below], grids={}),
        partial(in_word, lines=["各班学生名单", *rolls], grids={}),
        partial(in_word, lines=[], grids={f"{name}（{len(of)}人）": of for name, of in grids.items()}),
    ]
    for number, form in enumerate(forms):
        (folder := tmp_path / str(number)).mkdir()
        done = take_in(library(*SCHOOL), [form(folder)], {}, is_new_year=False)
        counts = {"kept": 6, "moved": 1, "repeating": 0, "joined": 7, "left": 1, "questions": []}
        assert roster_json(done) == counts, number
        assert sorted((one.row.name, one.row.class_name) for one in done.decisions) == sorted(
            (name, class_name) for class_name, of in classes.items() for name in of
        )
    # What is to be done by whom names no pupils, nor does a list of teachers; some pupils are not all.
    for lines in (
        ["三（1）班：扫地、擦窗、浇花", "四（1）班：扫地、倒水、拖地"],
        ["班主任安排表", *rolls],
        ["2025年三好学生名单（20人）", *rolls],
    ):
        with pytest.raises(Unusable):
            take_in(library(*SCHOOL), [in_text(tmp_path, lines)], {}, is_new_year=False)


def test_one_row_said_in_two_files_is_one_person_and_teachers_are_teachers(tmp_path: Path) -> None:
    teacher = a_reader("T001", "李明", None, kind=ReaderKind.TEACHER)
    lists = {
        "三（1）班": names("林小满", "王思远"),
        "全校": [("姓名", "班级"), ("林小满", "三(1)班"), ("王思远", "三1班")],
        "教师名单": [("姓名", "部门"), ("李明", "语文组"), ("高老", "语文组")],
    }
    done = held(tmp_path, lists, *SCHOOL, teacher)
    assert Counter(one.outcome for one in done.decisions) == {
        RosterOutcome.KEPT: 3,
        RosterOutcome.TWICE: 2,
        RosterOutcome.JOINED: 1,
    }
    assert row_records(done)["高老"] == (RosterOutcome.JOINED, "T002")


SCHOOL_BOOKS = clean_school()


def _random_lists(rng: Random, books: Library, folder: Path, *, new: bool) -> tuple[Path, int]:
    """Lists of the sample school in any order and layout, with leavers, newcomers and namesakes."""
    pupils = [card for card in books[ReaderRow] if card.kind is ReaderKind.PUPIL and card.stopped_on is None]
    by_class: dict[str, list[str]] = {}
    for card in pupils:
        by_class.setdefault(card.class_name or "", []).append(card.name)
    sheets: dict[str, list[tuple[Any, ...]]] = {}
    count = 0
    for class_name, members in rng.sample(sorted(by_class.items()), len(by_class)):
        said = [name for name in members if rng.random() > 0.1]
        said += [f"新来{rng.choice('甲乙丙丁')}{class_name[0]}" for _ in range(rng.randrange(3))]
        said += [rng.choice(pupils).name] if rng.random() < 0.3 else []
        rng.shuffle(said)
        half = (len(said) + 1) // 2
        if rng.random() < 0.5:
            pairs = [(one, said[half + at] if half + at < len(said) else None) for at, one in enumerate(said[:half])]
            table: list[tuple[Any, ...]] = [("姓名", "姓名"), *pairs]
        else:
            table = [("序号", "姓名"), *enumerate(said, 1)]
        grade = "一二三四五六七".index(class_name[0]) + new
        if grade < 6:
            sheets[f"表{len(sheets)}"] = [(f"{'一二三四五六'[grade]}年级{class_name[2]}班学生名单",), *table]
            count += len(said)
    return old_book(folder / "名单.xlsx", sheets), count


@pytest.mark.parametrize("new", [False, True])
def test_a_list_of_another_school_year_is_refused(new: bool, tmp_path: Path) -> None:
    books = SCHOOL_BOOKS.library()
    promoted = {"三": "三"} if new else {"三": "四"}
    pupils = [card for card in books[ReaderRow] if (card.class_name or "").startswith("三")]
    rows = [(card.name, promoted["三"] + (card.class_name or "")[1:]) for card in pupils]
    lists = old_book(tmp_path / "名单.xlsx", {"名册": [("姓名", "班级"), *rows]})
    with pytest.raises(Unusable, match="学年"):
        take_in(books, [lists], {}, is_new_year=new)


READERS_ALONE = library(*(row for row_type in (ClassRow, ReaderRow) for row in SCHOOL_BOOKS.library()[row_type]))


def _school(class_name: Callable[[str], str] = str, name: Callable[[int, str], str] = lambda _, said: said) -> Sheets:
    """Three classes of the sample school on one sheet, in classes and under names written another way."""
    classes = ("三（1）班", "四（2）班", "六（1）班")
    pupils = [card for card in READERS_ALONE[ReaderRow] if card.kind is ReaderKind.PUPIL and card.stopped_on is None]
    active = [card for card in pupils if card.class_name in classes]
    rows = [(class_name(card.class_name or ""), name(at, card.name)) for at, card in enumerate(active)]
    return {"名单": [("班级", "姓名"), *rows]}


@pytest.mark.parametrize(
    "lists",
    [
        _school(name=lambda at, said: f"{at % 25 + 1}.{said}"),
        _school(name=lambda at, said: f"{at % 25 + 1}、{said}"),
        _school(name=lambda _, said: f"{said}同学"),
        _school(name=lambda _, said: f"{said}（女）*"),
        _school(class_name=lambda said: f"{2026 - '零一二三四五六'.index(said[0])}级{said[2]}班"),
        _school(class_name=lambda said: f"东村小学{said[0]}年级{said[2]}班"),
        _school(class_name=lambda said: f"{26 - '零一二三四五六'.index(said[0])}级（{said[2]}）班"),
    ],
)
def test_the_schools_own_pupils_stay_however_their_list_is_written(lists: Sheets, tmp_path: Path) -> None:
    books = READERS_ALONE
    done = take_in(books, [old_book(tmp_path / "名单.xlsx", lists)], {}, is_new_year=False)
    assert {one.outcome for one in done.decisions} == {RosterOutcome.KEPT}
    assert [one.class_name for one in done.changes.classes] == [one.class_name for one in books[ClassRow]]


@pytest.mark.parametrize(("new", "entered"), [(False, 2027), (False, 2025), (True, 2027), (True, 2025)])
def test_a_list_of_another_year_is_refused_by_the_year_of_entry_too(new: bool, entered: int, tmp_path: Path) -> None:
    lists = _school(class_name=lambda said: f"{entered - '零一二三四五六'.index(said[0])}级{said[2]}班")
    with pytest.raises(Unusable, match="上大半的人"):
        take_in(READERS_ALONE, [old_book(tmp_path / "名单.xlsx", lists)], {}, is_new_year=new)


def test_who_should_have_finished_is_asked_about_where_the_list_tells_no_grade(tmp_path: Path) -> None:
    done = held(tmp_path, {"名单": [("姓名", "班级"), ("许文博", "2020级1班"), ("孙立秋", "六（1）班")]}, new=True)
    assert [(one.row.name, one.reason) for one in open_questions(done)] == [("许文博", FINISHED)]
    assert row_records(done)["孙立秋"][0] is RosterOutcome.REPEATING


def test_a_class_that_only_the_list_knows_by_its_name_is_that_of_its_pupils(tmp_path: Path) -> None:
    class_of_books = [
        a_reader(f"S{number:04}", f"{name}小满", "三（1）班") for number, name in enumerate("林王陈赵何", 1)
    ]
    school = (
        a_class("三（1）班", 3),
        a_class("三（2）班", 3),
        *class_of_books,
        a_reader("S0009", "陈一鸣", "三（2）班"),
    )
    people = [row.name for row in class_of_books]

    same = held(tmp_path, {"三甲班": names(*people, "陈一鸣"), "三（2）班": names("孙立秋")}, *school)
    assert row_records(same)["林小满"][0] is RosterOutcome.KEPT
    assert row_records(same)["陈一鸣"][0] is RosterOutcome.MOVED
    assert {row.class_name for row in same.changes.readers} == {"三（1）班", "三（2）班"}
    assert any("“三甲班”" in said and "三（1）班" in said for said in same.lists.journal.assumed)

    listed = [
        ("班级", "姓名"),
        *(("三（1）班", name) for name in people[:2]),
        *(("三甲班", name) for name in people[2:]),
    ]
    mixed = held(tmp_path, {"名单": listed}, *school)
    assert row_records(mixed)["何小满"][0] is RosterOutcome.MOVED

    codes = [("班级代码", "姓名"), *(("202301", name) for name in people)]
    coded = held(tmp_path, {"名单": codes}, *school)
    assert {outcome for outcome, _ in row_records(coded).values()} == {RosterOutcome.KEPT}


def test_pupils_of_classes_named_by_their_year_go_up(tmp_path: Path) -> None:
    lists = _school(class_name=lambda said: f"{2026 - '零一二三四五六'.index(said[0])}级{said[2]}班")
    staying = {"名单": [row for row in lists["名单"] if not row[0].startswith("2020")]}
    done = take_in(READERS_ALONE, [old_book(tmp_path / "名单.xlsx", staying)], {}, is_new_year=True)
    assert {one.outcome for one in done.decisions} == {RosterOutcome.KEPT}
    assert not any(one.is_new for one in done.changes.class_changes)


@pytest.mark.parametrize("new", [False, True])
def test_another_schools_list_is_refused(new: bool, tmp_path: Path) -> None:
    lists = _school(name=lambda at, _: f"赵他校{at}")
    with pytest.raises(Unusable, match=r"的 三（1）班、四（2）班.*像是别的学校的名单.*填停用日期"):
        take_in(READERS_ALONE, [old_book(tmp_path / "名单.xlsx", lists)], {}, is_new_year=new)


@pytest.mark.parametrize("remark", ["转学", "已转学", "休学", "转校"])
@pytest.mark.parametrize("new", [False, True])
def test_a_remark_of_leaving_is_asked_about_in_any_year(remark: str, new: bool, tmp_path: Path) -> None:
    class_name = "四（1）班" if new else "三（1）班"
    rows = [("姓名", "班级", "备注"), ("林小满", class_name, remark), ("王思远", class_name, "转学来的")]
    asked = open_questions(held(tmp_path, {"名单": rows}, new=new))
    assert [(one.row.name, one.reason) for one in asked] == [("林小满", f"名单上写着“{remark}”")]


@pytest.mark.parametrize("new", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_whatever_the_lists_every_row_is_told_and_no_reader_is_doubled(seed: int, new: bool, tmp_path: Path) -> None:
    books = SCHOOL_BOOKS.library()
    lists, count = _random_lists(Random(seed), books, tmp_path, new=new)
    done = take_in(books, [lists], {}, is_new_year=new)
    assert len(done.decisions) == count
    assert not unused_rows(done)
    found = [one.card.number for one in done.decisions if one.card]
    assert len(found) == len(set(found))
    assert len({card.line for card in done.changes.readers}) == len(done.changes.readers)
    numbers = [card.reader_no for card in done.changes.readers]
    assert len(numbers) == len(set(numbers))
    joined = sum(one.outcome is RosterOutcome.JOINED for one in done.decisions)
    assert len(numbers) == len(done.ledger_set.rows[ReaderRow])
    fresh = set(numbers) - {card.reader_no for card in books[ReaderRow]}
    assert len(fresh) == joined
    before = {loan.loan_no: loan.reader_no for loan in books[LoanRow]}
    after = {loan.loan_no: loan.reader_no for loan in done.ledger_set.rows.get(LoanRow, [])}
    assert after.items() <= before.items()
    # Active before: found, left, asked about, or in a class of which no list speaks.
    asked = {card.number for one in open_questions(done) for card in one.candidates}
    left = {one.card.reader_no for one in done.changes.leavers}
    assert not left & (set(found) | asked)
    tally = done.changes.tally
    assert tally.active == tally.found + tally.left + tally.asked + tally.untouched
    counts = roster_json(done)
    told = sum(counts[name] for name in ("kept", "moved", "repeating", "joined")) + len(counts["questions"])
    twice = sum(one.outcome is RosterOutcome.TWICE for one in done.decisions)
    assert told + twice == count


def test_the_command_writes_a_new_workbook_and_a_report_and_leaves_the_old_one(tmp_path: Path) -> None:
    workbook, lists = tmp_path / "七本账.xlsx", tmp_path / "名单.xlsx"
    write_workbook(LedgerSet.of(*SCHOOL), workbook)
    private = ("510105201501011234", "13800138000", "青禾镇二村三组 5 号")
    rows = [
        ("姓名", "班级", "身份证号", "家长电话", "家庭住址"),
        *((n, "三（1）班", *private) for n in ("林小满", "王思园")),
    ]
    old_book(lists, {"名册": rows})
    before = digest(workbook)
    done = schoollib("roster", workbook, lists)
    assert (done.returncode, done.stderr) == (1, "")
    assert digest(workbook) == before
    assert {path.name for path in tmp_path.glob("*.xlsx")} == {
        "七本账.xlsx",
        "名单.xlsx",
        "七本账_名册.xlsx",
        "名册报告.xlsx",
    }
    told = json.loads(schoollib("roster", workbook, lists, "--format", "json", "--into", tmp_path / "又").stdout)
    assert told["questions"] == [{"name_on_list": "王思园", "candidates": ["S0008"]}]
    for path in (tmp_path / "七本账_名册.xlsx", tmp_path / "名册报告.xlsx"):
        book = openpyxl.load_workbook(path)
        cells = "|".join(str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line)
        assert not any(secret in cells or secret in done.stdout for secret in private)
    year = schoollib("new-year", workbook, "--roster", lists, "--format", "json")
    assert (year.returncode, json.loads(year.stdout)["left"]) == (1, 2)


def test_what_is_no_class_list_or_no_report_is_refused_in_a_sentence(tmp_path: Path) -> None:
    workbook = tmp_path / "七本账.xlsx"
    write_workbook(LedgerSet.of(*SCHOOL), workbook)
    duty = old_book(tmp_path / "值日.xlsx", {"值日": [("星期", "打扫"), ("一", "二")]})
    done = schoollib("roster", workbook, duty)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    lists = old_book(tmp_path / "名单.xlsx", {"三（1）班": names("林小满")})
    done = schoollib("roster", workbook, lists, "--answers", duty)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_the_answer_says_every_row(tmp_path: Path) -> None:
    done = held(tmp_path, {"三（1）班": names("林小满", "王思远", "")})
    rows = next(section for section in roster_answer(done).sections if section.name == "名单逐行").tables[0].rows
    assert [in_words(cells[5]) for cells in rows][:2] == ["照旧", "照旧"]


def test_a_small_school_all_of_whose_pupils_moved_up_is_told_of_the_new_year(tmp_path: Path) -> None:
    people = ["林小满", "王芳", "陈静", "赵雨桐", "何远"]
    school = (
        a_class("三（1）班", 3),
        a_class("三（2）班", 3),
        *(a_reader(f"S{number:04}", name, f"三（{1 + number % 2}）班") for number, name in enumerate(people)),
    )
    moved = {
        f"四（{one}）班": names(*(name for number, name in enumerate(people) if 1 + number % 2 == one))
        for one in (1, 2)
    }
    with pytest.raises(Unusable, match="像是新学年的名单；加上 --new-year"):
        held(tmp_path, moved, *school)
    done = held(tmp_path, moved, *school, new=True)
    assert {outcome for outcome, _ in row_records(done).values()} == {RosterOutcome.KEPT}
