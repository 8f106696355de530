"""Numbers as people write them, one reader for dates, prices, copies, classes, plans and notes."""

from datetime import date
from decimal import Decimal

import pytest

from schoollib_xl.adoption.forms.words import end_in
from schoollib_xl.ledgers.grades import class_key
from schoollib_xl.ledgers.numerals import CROSSES, TICKS, least_asked, number_in, numeral, whole_number
from schoollib_xl.rules.completion import Completion, completion
from schoollib_xl.rules.plan_figures import targets_in
from schoollib_xl.sheets.reading.dates import typed_date

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
    assert numeral(number) == NUMERALS[number]


def test_what_is_written_is_read_again() -> None:
    assert all(number_in(numeral(number)) == number for number in range(10_000))


@pytest.mark.parametrize("text", ["三五", "一百二", "十十", "", "本", "二〇二五"])
def test_of_what_nobody_can_tell_nothing_is_read(text: str) -> None:
    assert whole_number(text) is None


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("二〇二五年十二月三十一日", date(2025, 12, 31)),
        ("二○二五年十月廿五日", date(2025, 10, 25)),
        ("民国一百一十四年九月一日", date(2025, 9, 1)),
        ("民国一百零三年九月一日星期一", date(2014, 9, 1)),
        ("民国一百年九月一日", date(2011, 9, 1)),
        ("二〇二五年元月十日", date(2025, 1, 10)),
    ],
)
def test_the_numerals_of_a_day_are_read(written: str, day: date) -> None:
    assert typed_date(written) == day


def test_a_class_beyond_the_twentieth_is_one_class_however_it_is_written() -> None:
    assert class_key("三年级二十一班") == class_key("三（21）班")
    assert class_key("三（十二）班") == class_key("三（一二）班") == class_key("三12班")


def test_plans_and_notes_count_beyond_ten() -> None:
    assert [str(one.value) for one in targets_in("每生每学期借书一百零五册。")] == ["105"]
    assert list(targets_in("每生每学期借书一百二册。")) == []
    assert completion("做了十二次", 15) is Completion.BEGUN


@pytest.mark.parametrize("sign", CROSSES)
def test_a_cross_ends_neither_a_loan_nor_a_job(sign: str) -> None:
    end = end_in(sign)
    assert completion(sign) is Completion.NOT_DONE
    assert end is not None
    assert end.outcome is None


@pytest.mark.parametrize("sign", TICKS)
def test_a_tick_ends_both(sign: str) -> None:
    end = end_in(sign)
    assert completion(sign) is Completion.DONE
    assert end is not None
    assert end.outcome is not None


@pytest.mark.parametrize("text", ["还了一半", "部分归还", "还差两本", "尚缺一本"])
def test_a_part_ends_neither(text: str) -> None:
    assert completion(text) is Completion.BEGUN
    assert end_in(text) is None


@pytest.mark.parametrize(
    ("text", "least"),
    [
        *(
            (text, "8")
            for text in ("不少于8册", "≥8", ">= 8", "8册以上", "8 册及以上", "至少8", "不低于八次", "最少：8本")
        ),
        *((text, "1.5") for text in ("不少于 1.5 册", "１.５册以上")),
        ("95%以上", "95"),
    ],
)
def test_a_least_number_in_words(text: str, least: str) -> None:
    assert least_asked(text) == Decimal(least)


@pytest.mark.parametrize(
    "text",
    [
        "8",
        "8册",
        "不超过8册",
        "≤8",
        "8册以下",
        "8-10册",
        "8至10",
        "不少于8册/年",
        "每学期至少8册",
        "超过8",
        "约8",
        "不少于三五册",
    ],
)
def test_a_range_a_most_and_a_number_alone_set_no_least(text: str) -> None:
    assert least_asked(text) is None
