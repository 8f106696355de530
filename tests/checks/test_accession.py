"""个别登记账: numbers, classes, ISBN, prices, and the batch of each copy."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from make import EXAMPLE_SCHOOL, findings, library, report, row, sentences
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.parts import laid_as_declared
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import ExplanationRow
from schoollib_xl.ledgers.table import IncompleteRow, LedgerTable
from schoollib_xl.ledgers.vocabulary import Circulation, Flow, Source, SourceOrDestination


def copy(number: int = 1, **changes: Any) -> AccessionRow:
    return row(AccessionRow, **({"accession_no": f"{number:06}"} | changes))


def batch(**changes: Any) -> SummaryRow:
    """A batch of three copies: 000001 to 000003."""
    return row(SummaryRow, **({"copies": 3, "last_no": "000003"} | changes))


# -- numbers ----------------------------------------------------------------------------------------


def test_a_number_of_its_own_for_each_copy_is_fine() -> None:
    assert findings("ACC001", copy(1), copy(2)) == []
    assert findings("ACC002", copy(1), copy(2)) == []


def test_a_number_in_use_twice_is_found_at_the_later_copy() -> None:
    later = copy(1, title="呼兰河传", accessioned_on=date(2025, 10, 9))
    assert findings("ACC001", later, copy(1)) == ["ACC001 个别登记账!A2"]
    assert sentences("ACC001", later, copy(1)) == ["个别登记号 000001 有两册在用，另一册是《城南旧事》。"]
    assert findings("ACC002", later, copy(1)) == []


def test_a_number_in_use_twice_is_found_where_a_day_is_blank_and_one_given_again_is_none_of_it() -> None:
    undated = copy(1, title="呼兰河传", accessioned_on=None)
    assert findings("ACC001", copy(1), undated) == ["ACC001 个别登记账!A2"]
    assert findings("ACC001", copy(1, withdrawn_on=date(2026, 1, 16)), undated) == []


def test_a_number_given_again_after_a_withdrawal_is_its_own_finding() -> None:
    gone = copy(1, withdrawn_on=date(2026, 1, 16))
    again = copy(1, title="呼兰河传", accessioned_on=date(2026, 3, 2))
    assert findings("ACC002", gone, again) == ["ACC002 个别登记账!A3"]
    assert sentences("ACC002", gone, again) == [
        "个别登记号 000001 是《城南旧事》用过的，那一册 2026年1月16日 已经注销。"
    ]
    assert findings("ACC001", gone, again) == []


def test_a_copy_withdrawn_after_its_number_was_given_again_was_still_in_use() -> None:
    gone = copy(1, withdrawn_on=date(2026, 1, 16))
    again = copy(1, accessioned_on=date(2026, 1, 15))
    assert findings("ACC001", gone, again) == ["ACC001 个别登记账!A3"]


@pytest.mark.parametrize("number", ["00001", "0000001", "00000A", "ZB0001", "12"])
def test_a_number_that_is_not_of_the_schools_width_is_found(number: str) -> None:
    assert findings("ACC003", copy(accession_no=number)) == ["ACC003 个别登记账!A2"]


def test_the_width_is_the_schools_own() -> None:
    school = EXAMPLE_SCHOOL._replace(accession_width=8)
    assert findings("ACC003", copy(accession_no="00000001"), school=school) == []
    assert sentences("ACC003", copy(), school=school) == ["个别登记号“000001”不是 8 位数字。"]


def test_where_a_large_ledger_agrees_on_another_width_only_the_odd_ones_are_found() -> None:
    rows = [copy(accession_no=f"{number:08}") for number in range(1, 21)]
    assert findings("ACC003", *rows) == []
    assert findings("ACC003", *rows, copy(accession_no="000021")) == ["ACC003 个别登记账!A22"]


# -- classes and ISBN -------------------------------------------------------------------------------


@pytest.mark.parametrize("class_no", ["I246.5", "TP3-49", "Z228.1", "K825.6=7", "H319.4:I", "E", "i246.5", "DF0"])
def test_a_class_number_in_one_of_the_22_classes_is_fine(class_no: str) -> None:
    assert findings("ACC011", copy(class_no=class_no)) == []


@pytest.mark.parametrize("class_no", ["L246", "M1", "W", "Y7", "246.5", "文学"])
def test_a_class_number_outside_the_22_classes_is_an_error(class_no: str) -> None:
    assert findings("ACC011", copy(class_no=class_no)) == ["ACC011 个别登记账!K2"]
    assert findings("ACC012", copy(class_no=class_no)) == []


def test_an_unknown_class_is_said_with_the_copy() -> None:
    assert sentences("ACC011", copy(class_no="W1")) == ["000001 的分类号是“W1”，第一个字母不是二十二个大类之一。"]


@pytest.mark.parametrize("class_no", ["I2465", "I246..5", "I246.5/12", "I 246.5", "i246.5", "G62小学"])
def test_a_doubtful_class_number_is_a_warning(class_no: str) -> None:
    assert findings("ACC012", copy(class_no=class_no)) == ["ACC012 个别登记账!K2"]


def test_a_doubtful_class_number_is_found_once_for_all_its_copies() -> None:
    rows = copy(1), copy(2, class_no="I2465"), copy(3, class_no="I2465")
    assert findings("ACC012", *rows) == ["ACC012 个别登记账!K3"]
    assert sentences("ACC012", *rows) == ["分类号“I2465”不像中图法的写法，用它的有 2 册（000002、000003）。"]


@pytest.mark.parametrize("isbn", ["9787020024759", "978-7-02-002475-9", "7020024750", None, "10019·1234"])
def test_a_sound_isbn_is_fine(isbn: str | None) -> None:
    assert findings("ACC013", copy(isbn=isbn)) == []


def test_a_bound_volume_may_carry_the_issn_of_its_magazine() -> None:
    assert findings("ACC013", copy(isbn="1002-2767", source=Source.BINDING)) == []


@pytest.mark.parametrize("isbn", ["9787020024758", "7-02-002475-9"])
def test_an_isbn_with_a_wrong_check_digit_is_a_warning(isbn: str) -> None:
    assert findings("ACC013", copy(isbn=isbn)) == ["ACC013 个别登记账!J2"]


def test_an_isbn_that_lost_a_digit_is_a_hint_and_a_word_in_its_place_is_none() -> None:
    assert findings("ACC013", copy(isbn="978702002475")) == []
    assert findings("ACC016", copy(isbn="978702002475")) == ["ACC016 个别登记账!J2"]
    assert findings("ACC016", copy(isbn="一百")) == []


@pytest.mark.parametrize("published", ["2015", "98", "201505", "20150501", "20082010", "2015.5", "1998年", "不详"])
def test_a_year_is_written_in_many_ways(published: str) -> None:
    assert findings("ACC018", copy(published=published)) == []


@pytest.mark.parametrize(
    ("published", "likely"),
    [
        ("42125", "，像是 2015年5月变成了一串数"),
        ("20155", ""),
        ("20150", "，像是 1955年3月变成了一串数"),
        ("201513", ""),
        ("20102008", ""),
        ("0", ""),
    ],
)
def test_a_number_that_is_no_year_is_told_once_for_all(published: str, likely: str) -> None:
    rows = copy(1, published=published), copy(2, published=published)
    assert sentences("ACC018", *rows) == [f"000001 的出版年写的是“{published}”{likely}，这一栏还有 1 格也是这样。"]


def test_no_copy_has_no_pages_and_a_blank_says_nothing() -> None:
    assert findings("ACC019", copy(1, pages="0"), copy(2, pages="00页")) == ["ACC019 个别登记账!I2"]
    assert findings("ACC019", copy(1, pages="10"), copy(2, pages=None), copy(3, pages="0.5")) == []


@pytest.mark.parametrize("pages", ["-5", "0.0", "无", "无页码", "-0"])
def test_fewer_pages_than_one_are_told_as_they_are_written(pages: str) -> None:
    assert sentences("ACC019", copy(1, pages=pages)) == [f"000001 的页数是 {pages}。"]


@pytest.mark.parametrize("published", ["201505", "20150501", "2015.5", "2015年"])
def test_a_month_or_a_day_says_its_year(published: str) -> None:
    assert findings("ACC014", copy(accessioned_on=date(2013, 9, 1), published=published)) == ["ACC014 个别登记账!G2"]
    assert findings("ACC014", copy(accessioned_on=date(2016, 9, 1), published=published)) == []


@pytest.mark.parametrize("published", ["-7", "7", "201", "20155", "12345.678"])
def test_figures_that_are_no_year_are_found_and_other_words_are_not(published: str) -> None:
    assert findings("ACC018", copy(published=published)) == ["ACC018 个别登记账!G2"]
    assert findings("ACC014", copy(published=published)) == []
    for lawful in ("86", "不详", "民国25年", "2015.10", "201503"):
        assert findings("ACC018", copy(published=lawful)) == [], lawful


@pytest.mark.parametrize(("barcode", "places"), [("qh01", 1), ("QH01", 1), ("Qh01", 1), ("qh02", 0)])
def test_labels_that_differ_in_case_only_are_one_to_a_scanner(barcode: str, places: int) -> None:
    rows = copy(1, barcode="QH01"), copy(2, barcode=barcode)
    assert len(findings("ACC005", *rows)) == places


def test_a_wrong_isbn_is_found_once_for_all_its_copies() -> None:
    rows = copy(1, isbn="9787020024758"), copy(2, isbn="9787020024758")
    assert sentences("ACC013", *rows) == [
        "ISBN“9787020024758”的最后一位和前面的数字对不上，用它的有 2 册（000001、000002）。"
    ]


# -- prices -----------------------------------------------------------------------------------------


def test_a_price_of_nothing_is_allowed() -> None:
    assert findings("ACC201", copy(price=Decimal("0.00"))) == []


def test_gifts_without_a_price_are_a_hint_only_among_gifts_that_have_one() -> None:
    free = {"source": Source.DONATION, "price": Decimal("0.00")}
    priced = copy(2, source=Source.DONATION), copy(3, source=Source.DONATION)
    assert findings("ACC204", copy(1, **free), *priced) == ["ACC204 个别登记账!M2"]
    assert findings("ACC204", copy(1, **free), copy(2, **free), copy(3, **free), copy(4, **free)) == []


def test_a_negative_price_is_found() -> None:
    assert findings("ACC201", copy(price=Decimal("-0.01"))) == ["ACC201 个别登记账!M2"]
    assert sentences("ACC201", copy(price=Decimal("-25.00"))) == ["000001 的单价是 -25.00元，单价不会小于 0。"]


def test_a_price_far_above_the_others_is_a_hint_for_the_title() -> None:
    dear = {"title": "猜猜我有多爱你", "price": Decimal("3480.00")}
    rows = copy(1), copy(2), copy(3, **dear), copy(4, **dear)
    assert findings("ACC901", *rows) == ["ACC901 个别登记账!M4"]
    assert sentences("ACC901", *rows) == [
        "《猜猜我有多爱你》单价 3480.00元，馆里这类书一般在 25.00元上下，有 2 册（000003、000004）。"
    ]


def test_twenty_times_the_usual_price_is_far() -> None:
    thick = copy(3, title="呼兰河传", price=Decimal("499.99"))
    assert findings("ACC901", copy(1), copy(2), thick) == []
    assert findings("ACC901", copy(1), copy(2), thick._replace(price=Decimal("500.00"))) == ["ACC901 个别登记账!M4"]


def test_reference_books_are_measured_by_reference_books() -> None:
    thick = {"circulation": Circulation.REFERENCE, "price": Decimal("680.00")}
    assert findings("ACC901", copy(1), copy(2), copy(3, **thick), copy(4, **thick)) == []


def test_one_title_at_one_price_is_fine() -> None:
    assert findings("ACC902", copy(1), copy(2), copy(3, title="呼兰河传", price=Decimal("30.00"))) == []


def test_one_title_at_two_prices_is_a_hint_at_the_rarer_price() -> None:
    rows = copy(1, price=Decimal("52.00")), copy(2), copy(3)
    assert findings("ACC902", *rows) == ["ACC902 个别登记账!M2"]
    assert sentences("ACC902", *rows) == ["《城南旧事》000001 单价 52.00元，000002 是 25.00元。"]


def test_a_slip_of_the_decimal_point_in_one_copy_of_a_title_is_one_hint() -> None:
    rows = copy(1), copy(2), copy(3, price=Decimal("2500.00"))
    assert findings("ACC902", *rows) == ["ACC902 个别登记账!M4"]
    assert findings("ACC901", *rows) == []


def test_gifts_without_a_price_and_bound_volumes_may_differ() -> None:
    assert findings("ACC902", copy(1), copy(2, price=Decimal("0.00"))) == []
    bound = {"title": "儿童文学", "isbn": None, "source": Source.BINDING}
    assert findings("ACC902", copy(1, **bound), copy(2, price=Decimal("36.00"), **bound)) == []


def test_one_title_in_two_classes_is_a_hint_at_the_rarer_class() -> None:
    rows = copy(1), copy(2), copy(3, class_no="I247.5")
    assert findings("ACC903", *rows) == ["ACC903 个别登记账!K4"]
    assert sentences("ACC903", *rows) == ["《城南旧事》000003 的分类号是 I247.5，000001 是 I246.5。"]


def test_a_class_number_that_is_none_is_not_also_another_class() -> None:
    assert findings("ACC903", copy(1), copy(2, class_no="W246.5"), copy(3, class_no="I2465")) == []


def test_one_title_in_one_class_is_fine() -> None:
    assert findings("ACC903", copy(1), copy(2), copy(3, edition="2", class_no="I247.5")) == []


def volumes(price: str, *names: str, **changes: Any) -> list[AccessionRow]:
    rest: dict[str, Any] = {"author": "罗贯中", "price": Decimal(price)} | changes
    return [copy(number, title=f"三国演义{name}", **rest) for number, name in enumerate(names, 11)]


@pytest.mark.parametrize(
    "names", [("（上）", "（下）"), ("(1)", "(2)", "(3)"), (" 上册", " 下册"), (".第一卷", ".第二卷")]
)
def test_the_price_of_a_set_on_each_volume_is_a_hint(names: tuple[str, ...]) -> None:
    usual = [copy(number) for number in range(1, 6)]
    assert findings("ACC904", *usual, *volumes("118.00", *names)) == ["ACC904 个别登记账!M7"]


def test_the_hint_names_the_volumes() -> None:
    usual = [copy(number) for number in range(1, 6)]
    assert sentences("ACC904", *usual, *volumes("118.00", "（上）", "（下）")) == [
        "《三国演义（上）》这一套 2 册每册都是 118.00元，像是全套的价（000011、000012）。"
    ]


def test_a_dear_set_is_one_hint_and_not_two() -> None:
    usual = [copy(number) for number in range(1, 6)]
    assert findings("ACC901", *usual, *volumes("1180.00", "（上）", "（下）")) == []


def test_volumes_that_cost_what_a_copy_costs_are_fine() -> None:
    usual = [copy(number) for number in range(1, 6)]
    assert findings("ACC904", *usual, *volumes("59.00", "（上）", "（下）")) == []


def test_volumes_with_an_isbn_of_their_own_each_have_their_own_price() -> None:
    usual = [copy(number) for number in range(1, 6)]
    first, second = volumes("118.00", "（上）", "（下）")
    assert findings("ACC904", *usual, first, second._replace(isbn="9787020008728")) == []


def test_copies_of_one_volume_are_no_set() -> None:
    usual = [copy(number) for number in range(1, 6)]
    assert findings("ACC904", *usual, *volumes("118.00", "（上）", "（上）")) == []


# -- the batch of each copy -------------------------------------------------------------------------


def test_copies_that_agree_with_their_batch_are_fine() -> None:
    rows = batch(), copy(1), copy(2), copy(3)
    assert [code for code in ("ACC101", "ACC301", "ACC302", "ACC303", "ACC304") if findings(code, *rows)] == []


def test_a_copy_registered_on_the_day_of_its_batch_or_later_is_fine() -> None:
    assert findings("ACC101", batch(), copy(1), copy(2, accessioned_on=date(2025, 9, 30))) == []


def test_a_copy_registered_before_its_batch_is_found_at_its_date() -> None:
    rows = batch(), copy(1), copy(2, accessioned_on=date(2025, 8, 31))
    assert findings("ACC101", *rows) == ["ACC101 个别登记账!B3"]
    assert sentences("ACC101", *rows) == ["000002 登记在 2025年8月31日，它那一批 2025-001 到 2025年9月1日 才登记。"]


def test_opening_stock_was_registered_long_before() -> None:
    assert findings("ACC101", batch(flow=Flow.OPENING), copy(1), copy(2, accessioned_on=date(2015, 9, 1))) == []


def test_the_only_copy_of_a_batch_is_blamed_itself() -> None:
    alone = batch(copies=1, last_no="000001")
    assert findings("ACC101", alone, copy(1, accessioned_on=date(2025, 8, 31))) == ["ACC101 个别登记账!B2"]


def test_an_unknown_batch_is_found_once_for_all_its_copies() -> None:
    rows = batch(), copy(1), copy(2, batch_no="2025-010"), copy(3, batch_no="2025-010")
    assert findings("ACC301", *rows) == ["ACC301 个别登记账!C3"]
    assert sentences("ACC301", *rows) == ["总括登记账里查不到 2025-010，个别账写这个号的有 2 册（000002、000003）。"]


def with_incomplete_batch(**values: Any) -> Library:
    """A copy of 2025-010 beside a batch line that lacks a value."""
    batches: LedgerTable[SummaryRow] = LedgerTable(
        SHEETS[SummaryRow], incomplete=[IncompleteRow(2, values)], parts=[laid_as_declared(SHEETS[SummaryRow])]
    )
    copies = LedgerSet.of(copy(1, batch_no="2025-010")).library()[AccessionRow]
    return Library([batches, copies], EXAMPLE_SCHOOL, date(2026, 1, 23))


def test_a_batch_whose_line_lacks_a_value_is_known_all_the_same() -> None:
    assert report("ACC301", with_incomplete_batch(batch_no="2025-010")).findings == ()
    assert report("ACC301", with_incomplete_batch(batch_no=None)).findings == ()
    assert len(report("ACC301", with_incomplete_batch(batch_no="2025-009")).findings) == 1


def test_a_batch_that_is_a_withdrawal_is_found() -> None:
    out = batch(batch_no="2025-002", flow=Flow.OUT, source=SourceOrDestination.LOST)
    rows = batch(), out, copy(1), copy(2, batch_no="2025-002")
    assert findings("ACC302", *rows) == ["ACC302 个别登记账!C3"]
    assert sentences("ACC302", *rows) == ["2025-002 是注销的一批，个别账写这个号的有 1 册（000002）。"]
    assert findings("ACC301", *rows) == []


def test_the_first_and_last_number_of_a_range_lie_in_it() -> None:
    assert findings("ACC303", batch(), copy(1), copy(3)) == []


def test_a_number_outside_its_range_is_found_at_the_number() -> None:
    rows = batch(), copy(1), copy(4)
    assert findings("ACC303", *rows) == ["ACC303 个别登记账!A3"]
    assert sentences("ACC303", *rows) == ["000004 不在它那一批 2025-001 的号段里，号段是 000001 到 000003。"]


def test_a_range_that_does_not_fit_its_batch_judges_no_copy() -> None:
    assert findings("ACC303", batch(last_no="000002"), copy(1), copy(3)) == []
    assert findings("ACC303", batch(first_no=None), copy(1), copy(3)) == []


def test_a_number_in_use_twice_is_not_also_outside_the_range() -> None:
    opening = batch(batch_no="2025-000", flow=Flow.OPENING, first_no="000009", last_no="000011")
    rows = opening, batch(), copy(9, batch_no="2025-000"), copy(1), copy(2), copy(9)
    assert findings("ACC303", *rows) == []
    assert findings("ACC001", *rows) == ["ACC001 个别登记账!A5"]


def test_a_number_of_another_width_is_not_also_outside_the_range() -> None:
    assert findings("ACC303", batch(), copy(1), copy(accession_no="00003")) == []


def test_a_source_unlike_the_batch_is_found_at_the_copy() -> None:
    rows = batch(), copy(1), copy(2, source=Source.DONATION)
    assert findings("ACC304", *rows) == ["ACC304 个别登记账!N3"]
    assert sentences("ACC304", *rows) == ["000002 的来源是捐赠，它那一批 2025-001 是购入。"]


def test_a_blank_source_has_nothing_to_compare() -> None:
    assert findings("ACC304", batch(), copy(1), copy(2, source=None)) == []


def test_opening_stock_came_from_anywhere() -> None:
    opening = batch(flow=Flow.OPENING, source=SourceOrDestination.OTHER)
    assert findings("ACC304", opening, copy(1), copy(2, source=Source.DONATION)) == []


@pytest.mark.parametrize("written", ["QH{:06}", "{:06}号", "2025-{:06}"])
def test_signs_round_every_number_are_said_once_with_their_count(written: str) -> None:
    copies = [copy(line=line, accession_no=written.format(line)) for line in range(2, 30)]
    (said,) = sentences("ACC003", *copies)
    assert said == f"个别登记号“{written.format(2)}”不是 6 位数字，这一栏还有 27 格也是这样。"


@pytest.mark.parametrize(("lettered", "digits"), [(300, 0), (300, 100), (4, 0), (2, 300)])
def test_numbers_with_letters_say_nothing_of_the_width_and_are_one_finding_to_explain(
    lettered: int, digits: int
) -> None:
    rows = [copy(line=line, accession_no=f"QH{line:05}") for line in range(2, lettered + 2)]
    rows += [copy(line=line, accession_no=f"{line:06}") for line in range(1000, 1000 + digits)]
    school = EXAMPLE_SCHOOL._replace(accession_width=6)
    assert findings("ACC003", *rows, school=school) == ["ACC003 个别登记账!A2"]
    assert findings("SET003", *rows, school=school) == []
    explained = row(ExplanationRow, code="ACC003", sheet_name="个别登记账", number="QH00002")
    (found,) = report("ACC003", library(*rows, explained, school=school)).findings
    assert (found.explained, len(found.see_also)) == (True, min(lettered - 1, 20))


def _batch_of(count: int, odd: int, **changes: Any) -> list[AccessionRow]:
    copies = [row(AccessionRow, accession_no=f"{at:06}") for at in range(1, count + 1)]
    copies[odd] = copies[odd]._replace(**changes)
    return copies


def test_a_copy_entered_on_another_day_than_all_beside_it_is_doubted() -> None:
    later = {"accessioned_on": date(2025, 12, 9)}
    assert findings("ACC103", row(SummaryRow), *_batch_of(30, 15, **later)) == ["ACC103 个别登记账!B17"]
    assert sentences("ACC103", row(SummaryRow), *_batch_of(30, 15, **later)) == [
        "000016 的登记日期是 2025年12月9日，同一批前后各册都是 2025年9月1日。"
    ]
    for copies in (
        _batch_of(30, 29, **later),
        _batch_of(30, 5, **later),
        _batch_of(30, 15, **later, remarks="后到"),
        _batch_of(30, 15, **later, batch_no="2025-002"),
        _batch_of(30, 15, accessioned_on=date(2025, 8, 1)),
        [copy._replace(accessioned_on=date(2025, 9, 1 + at // 15)) for at, copy in enumerate(_batch_of(30, 15))],
    ):
        assert findings("ACC103", row(SummaryRow), *copies) == []


_PERSON = row(AccessionRow, accession_no="000002", author="孙幼军")


@pytest.mark.parametrize(
    ("changes", "column", "sentence"),
    [
        ({"publisher": "2014"}, "F", "出版社写的是“2014”，像是年份或别的数"),
        ({"published": "海豚出版社"}, "G", "出版年写的是“海豚出版社”，像是出版社"),
        ({"author": "新世界出版社", "publisher": "孙幼军"}, "E", "著者写的是“新世界出版社”，像是出版社"),
    ],
)
def test_what_stands_in_the_column_beside_is_doubted(changes: dict[str, Any], column: str, sentence: str) -> None:
    copy = row(AccessionRow, **changes)
    assert findings("ACC021", copy, _PERSON) == [f"ACC021 个别登记账!{column}2"]
    assert sentences("ACC021", copy, _PERSON) == [f"000001 的{sentence}。"]


@pytest.mark.parametrize(
    "changes",
    [
        {"author": "人民教育出版社", "publisher": "人民教育出版社"},
        {"author": "中国地图出版社", "publisher": None},
        {"author": "地质出版社", "publisher": "地质印刷厂"},
        {"publisher": "21世纪出版社"},
        {"publisher": "三联书店", "published": "不详"},
        {"published": "2014年3月"},
        {"published": None, "publisher": None, "author": None},
    ],
)
def test_publishers_that_write_and_years_in_words_stand_where_they_belong(changes: dict[str, Any]) -> None:
    assert findings("ACC021", row(AccessionRow, **changes), _PERSON) == []


def test_an_edition_of_three_figures_is_pointed_out_unless_the_ledger_is_kept_so() -> None:
    assert findings("ACC022", row(AccessionRow, edition="136")) == ["ACC022 个别登记账!H2"]
    assert findings("ACC022", row(AccessionRow, edition="12"), row(AccessionRow, edition="2015")) == []
    many = [row(AccessionRow, accession_no=f"{at:06}", edition="201") for at in range(1, 9)]
    assert findings("ACC021", *(copy._replace(publisher="1") for copy in many)) == []
    assert findings("ACC022", *many) == []
