"""Exports of library programs and of lists across the strait, known by their headers alone."""

from pathlib import Path

import pytest

from adoption.old_lists import TODAY, adopt_tables, copies, record_of, taken_over
from schoollib_xl.adoption.files.sources import SourceSheet
from schoollib_xl.adoption.journal import RowOutcome
from schoollib_xl.adoption.lending.fines import FOR_BEING_LATE
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.totals import sources_taken
from schoollib_xl.adoption.unclear.guesses import guesses
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.vocabulary import Incident, ReaderKind, WithdrawalReason
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

# Program → books, readers and loans as it exports them; each school has one of each.
EXPORTS = {
    "任我游": (
        (
            "系统号,图书编号,图书名称,图书作者,出版社,图书分类,图书价格,库存数量,存放位置(架位),入库时间,ISBN",
            "1,000001,小河,林海音,北京出版社,I287,10.00,1,A-1,2024-5-1,9787020024759",
        ),
        (
            "卡号,会员姓名,会员类型,所属部门,性别,手机号,开卡日期,押金",
            "1001,林小满,学生,三（1）班,女,13812345678,2024-9-1,0",
        ),
        (
            "流水号,卡号,会员姓名,图书编号,图书名称,借书时间,应还时间,还书时间,是否归还,还书期限",
            "1,1001,林小满,000001,小河,2025-9-5 10:00,2025-9-20,2025-9-12 10:00,是,15",
        ),
    ),
    "Koha": (
        (
            "条码号,题名,作者,出版社,馆藏分馆,索书号,价格,采访日期,ISBN",
            "000001,小河,林海音,北京出版社,A-1,I287/12,10.00,2024-05-01,9787020024759",
        ),
        ("读者证号,姓,名,读者分类,班级,注册日期", "1001,林,小满,学生,三（1）班,2024-09-01"),
        (
            "借出日期,应还日期,还回日期,证号,读者,题名,条码号,续借",
            "2025-09-05 10:10,2025-09-20 23:59,2025-09-12 09:10,1001,林小满,小河,000001,0",
        ),
    ),
    "OpenLibry": (
        (
            "媒体编号,标题,作者,ISBN,出版社,分类号,价格,位置,购买日期",
            "000001,小河,林海音,9787020024759,北京出版社,I287,10.00,A-1,2024-05-01",
        ),
        ("用户编号,姓氏,名字,班级,用户类型", "1001,林,小满,三（1）班,学生"),
        ("媒体编号,用户编号,姓名,借出日期,归还日期,应还日期", "000001,1001,林小满,2025-09-05,2025-09-12,2025-09-20"),
    ),
    "Koha, its reports": (
        (
            "items.barcode,biblio.title,biblio.author,publishercode,itemcallnumber,location,isbn,price,Date acquired,"
            "Year of Publication",
            "000001,小河,林海音,北京出版社,I287/12,A-1,9787020024759,10.00,2024-05-01,2019",
        ),
        (
            "cardnumber,surname,firstname,Patron category,Class,Phone,E-mail",
            "1001,林,小满,Student,三（1）班,13812345678,a@b.cn",
        ),
        (
            "barcode,title,cardnumber,surname,issuedate,date_due,returndate,renewals",
            "000001,小河,1001,林,2025-09-05 10:10,2025-09-20 23:59,2025-09-12,0",
        ),
    ),
    "Interlib, dp2": (
        (
            "条码号,登录号,题名,责任者,出版社,索书号,单价,所在馆藏地点,入藏时间,标准编号",
            "B1,000001,小河,林海音,北京出版社,I287/12,10.00,A-1,2024-05-01,9787020024759",
        ),
        ("证条码号,姓名,读者类型,单位,失效期", "1001,林小满,学生,三年级1班,2030-09-01"),
        (
            "证件号,姓名,单位,条码号,题名,借阅日期,预计归还日期,归还日期",
            "1001,林小满,三年级1班,B1,小河,2025-09-05 10:10:01,2025-09-20,2025-09-12",
        ),
    ),
    "questions of a form": (
        (
            "1、登记号,2、图书名称,3、作者,4、ISBN,5、分类号,6、单价,7、书架号,8、购入日期",
            "'000001,《小河》,林海音,9787020024759,I287,10.00,A-1,2024-5-1",
        ),
        ("序号,来自IP,1、你的学号,2、你的姓名,3.你所在的班级", "1,1.2.3.4,1001,林小满,三（1）班"),
        (
            "提交者（自动）,1、借书人学号,2、借的图书编号,3、借书日期,4、应还日期,5、还书日期",
            "13812345678,1001,＇000001,2025-9-5,2025-9-20,2025-9-12",
        ),
    ),
    "English, typed": (
        (
            "Accession No.,Title,Author,Call No.,ISBN,Publisher,Price,Location,Date of Accession,Status",
            "000001,小河,林海音,I287/12,9787020024759,北京出版社,10.00,A-1,2024-5-1,Available",
        ),
        ("Student ID,Name,Class,Type", "1001,林小满,三（1）班,Student"),
        (
            "Accession No.,Name of the Book,Student ID,Borrower,Date of Issue,Due Date,Date of Return,Status",
            "000001,小河,1001,林小满,2025-9-5,2025-9-20,2025-9-12,Returned",
        ),
    ),
    "台湾": (
        (
            "登錄號,題名,作者,出版者,索書號,館藏地,國際書號,價格,購入日期",
            "000001,小河,林海音,北京出版社,I287/12,A-1,9787020024759,10.00,民國113年5月1日",
        ),
        ("學號,姓名,班級,類別", "1001,林小滿,三年一班,學生"),
        ("借書證號,登錄號,借閱日期,歸還日期,應還日期", "1001,000001,114/9/5,114/9/12,114/9/20"),
    ),
}


def source(name: str, lines: tuple[str, str]) -> SourceSheet:
    return SourceSheet(f"{name}.csv", name, [line.split(",") for line in lines])


@pytest.mark.parametrize("program", EXPORTS)
def test_an_export_is_known_by_its_headers(program: str) -> None:
    books, readers, loans = EXPORTS[program]
    done = adopt_tables([source("甲", books), source("乙", readers), source("丙", loans)], Options(TODAY))
    (copy,) = done.ledger_set.rows[AccessionRow]
    assert (copy.accession_no, copy.title, copy.author, copy.isbn) == ("000001", "小河", "林海音", "9787020024759")
    assert (copy.class_no, str(copy.price), copy.location, str(copy.accessioned_on)) == (
        *("I287", "10.00", "A-1", "2024-05-01"),
    )
    (reader,) = done.ledger_set.rows[ReaderRow]
    assert (reader.reader_no, reader.name[0], reader.kind, reader.class_name) == (
        *("1001", "林", ReaderKind.PUPIL, "三（1）班"),
    )
    (loan,) = done.ledger_set.rows[LoanRow]
    assert (loan.accession_no, loan.reader_no) == ("000001", "1001")
    assert (str(loan.lent_on), str(loan.returned_on), str(loan.due_on)) == ("2025-09-05", "2025-09-12", "2025-09-20")
    assert not done.journal.urgent
    assert "13812345678" not in f"{done.ledger_set.rows} {done.journal.row_records}"


@pytest.mark.parametrize("program", EXPORTS)
def test_every_column_of_an_export_is_named(program: str) -> None:
    tables = [source(name, lines) for name, lines in zip("甲乙丙", EXPORTS[program], strict=True)]
    done = adopt_tables(tables, Options(TODAY))
    named = [len(one.columns) for one in sources_taken(done.tables, done.journal)]
    assert named == [len(lines[0].split(",")) for lines in EXPORTS[program]]
    assert all(guess.standard for table in done.tables for guess in guesses(table))


def test_a_book_lost_when_it_was_late_is_no_fine_for_being_late() -> None:
    money = source("赔偿登记", ("日期,姓名,书名,情形,实赔金额", "2025-9-29,林小满,小河,逾期未还已丢失,9.00"))
    done = adopt_tables([money], Options(TODAY))
    assert [row.title for row in done.ledger_set.rows[CompensationRow]] == ["小河"]


def test_what_a_program_exports_of_money_and_of_what_went_is_neither_books_nor_doubted() -> None:
    books = source("馆藏清单", ("条码号,题名,价格,馆藏状态", "0100001,小河,8元,剔除"))
    books.grid.extend([["0100002", "大山", "9元", "在馆"], ["0100003", "田野", "9元", "丢失"]])
    # Offered as 册数, 累计借阅 would make copies up.
    loans = source(
        "借阅历史",
        ("读者证号,姓名,条码号,索书号,借阅日期,还书日期,累计借阅", "2021,林小满,0100001,I287/2,20250310,20250320,7"),
    )
    gone = SourceSheet(
        "清册.docx",
        "清册",
        [
            ["剔除日期：2025年6月26日　批准人：尹校长"],
            ["条码号", "题名", "册数", "价格", "金额", "码洋", "剔除原因"],
            ["0100001", "小河", "1", "8元", "8元", "8元", "陈旧过时"],
        ],
    )
    money = source(
        "财经处理",
        (
            "处理时间,读者证号,姓名,条码号,题名,处理类型,应付金额,实付金额,收据号",
            "2025-9-29 12:10:00,2021,林小满,0100003,田野,丢失赔款,9.00元,9.00元,SJ1",
        ),
    )
    money.grid.append(
        ["2025-9-30 12:10:00", "2021", "林小满", "0100002", "大山", "超期罚款", "0.50元", "0.50元", "SJ2"]
    )
    done = adopt_tables([books, loans, gone, money], Options(TODAY))
    copies = done.ledger_set.rows[AccessionRow]
    assert [(copy.title, str(copy.price)) for copy in copies] == [("小河", "8.00"), ("大山", "9.00"), ("田野", "9.00")]
    (out,) = done.ledger_set.rows[WithdrawalRow]
    assert (str(out.withdrawn_on), out.reason, out.approved_by) == ("2025-06-26", WithdrawalReason.WEEDED, "尹校长")
    assert (copies[0].withdrawn_on, copies[0].withdrawal_no) == (out.withdrawn_on, out.withdrawal_no)
    (fine,) = done.ledger_set.rows[CompensationRow]
    assert (fine.accession_no, fine.incident, fine.price, str(fine.paid)) == (
        *("0100003", Incident.LOST, copies[2].price, "9.00"),
    )
    # What was paid in full when it was dealt with is settled.
    assert fine.settled_on == fine.registered_on
    assert record_of(done, 3, "财经处理") == (RowOutcome.ASIDE, FOR_BEING_LATE)
    assert not [guess for table in done.tables for guess in guesses(table)]


@pytest.mark.parametrize(
    ("numbers", "kept"),
    [
        (("001205", "001206", "001209"), ["001205", "001206", "001209"]),
        # These count the rows, whatever noughts they have and wherever the page begins.
        (("001", "002", "003"), ["000001", "000002", "000003"]),
        (("0101", "0102", "0103"), ["000001", "000002", "000003"]),
        (("1205", "1206", "1209"), ["000001", "000002", "000003"]),
    ],
)
def test_numbers_of_a_stamp_below_a_header_for_row_numbers_are_kept(
    tmp_path: Path, numbers: tuple[str, ...], kept: list[str]
) -> None:
    books = [(number, f"书{at}", 10) for at, number in enumerate(numbers)]
    done = taken_over(tmp_path, {"书目": [("序号", "书名", "定价"), *books]})
    assert [copy.accession_no for copy in copies(done)] == kept


@pytest.mark.parametrize("number", ["330100201501011234", "13812345678"])
def test_a_number_of_a_person_below_a_header_that_may_be_of_cards_is_none_of_a_card(number: str) -> None:
    loans = ("证件号,姓名,单位,书名,借阅日期", f"{number},林小满,三年级1班,小河,2025-09-05")
    done = adopt_tables([source("借阅", loans)], Options(TODAY))
    assert number[-4:] not in f"{done.ledger_set.rows} {done.journal.row_records}"


def test_what_a_program_writes_for_want_of_a_word_is_a_blank(tmp_path: Path) -> None:
    books = [
        ("ISBN", "书籍名称", "作者", "价格"),
        ("9787020024759", "《NA》", "NA", "N/A"),
        ("9787020008735", "大山", "甲", "9"),
    ]
    first, second = copies(taken_over(tmp_path, {"书目": books}))
    assert (first.title, first.author, first.price, first.remarks) == (None, None, None, None)
    assert second.title == "大山"


def test_who_made_out_and_who_received_a_delivery_is_no_book(tmp_path: Path) -> None:
    books = [("书名", "册数", "定价"), ("小河", 2, 10), ("制单：张三", "", "收货人："), ("发货：李四", "", "")]
    assert len(copies(taken_over(tmp_path, {"发货清单": books}))) == 2


def test_a_column_of_words_is_not_offered_as_a_count(tmp_path: Path) -> None:
    done = taken_over(
        tmp_path, {"书目": [("登记号", "书名", "册类型"), *((f"{at:06}", "小河", "普通") for at in range(1, 5))]}
    )
    assert not [guess for table in done.tables for guess in guesses(table)]


def test_a_number_of_its_own_goes_before_one_that_may_be_a_barcode(tmp_path: Path) -> None:
    books = [("馆藏条码", "财产号", "书名", "定价"), ("QD01", "000001", "小河", 9), ("QD02", "000002", "大山", 9)]
    held = copies(taken_over(tmp_path, {"书": books}))
    assert [(copy.accession_no, copy.barcode) for copy in held] == [("000001", "QD01"), ("000002", "QD02")]
    alone = copies(
        taken_over(tmp_path, {"书": [("馆藏条码", "书名", "定价"), ("000101", "小河", 9), ("000102", "大山", 9)]})
    )
    assert [copy.accession_no for copy in alone] == ["000101", "000102"]
