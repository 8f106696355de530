"""总括登记账, 个别登记账, 分类统计账 and 注销登记账 (SUM, ACC, CLS, WDL): one small broken example per check."""

from datetime import date
from decimal import Decimal
from typing import Any

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.ledger_set import EXAMPLE_SCHOOL
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow
from schoollib_xl.ledgers.vocabulary import (
    CLASS_LETTERS,
    CLASS_NAMES,
    Flow,
    Source,
    SourceOrDestination,
    WithdrawalReason,
)
from schoollib_xl.samples.broken.example import Example
from schoollib_xl.samples.broken.rows import BATCH, BINDING, COPY, GONE, ISBN, NEW_COPY, PAPER, SECOND_COPY, WITHDRAWAL

_OUT = example(SummaryRow, batch_no="2026-001", flow=Flow.OUT, source=SourceOrDestination.LOST)
_OUT_PLAIN = _OUT._replace(first_no=None, last_no=None, registered_on=date(2026, 1, 16))
_SECOND_BATCH = example(
    SummaryRow,
    registered_on=date(2025, 10, 9),
    batch_no="2025-002",
    first_no="000002",
    last_no="000002",
    running_copies=2,
    running_value=Decimal("50.00"),
)
_THIRD_BATCH = _SECOND_BATCH._replace(
    first_no="000003", last_no="000003", running_copies=3, running_value=Decimal("75.00")
)
_PAIR = example(
    SummaryRow,
    copies=2,
    list_value=Decimal("50.00"),
    last_no="000002",
    running_copies=2,
    running_value=Decimal("50.00"),
)
_WORN_OUT = example(
    SummaryRow,
    batch_no="2025-002",
    flow=Flow.OUT,
    source=SourceOrDestination.WORN_OUT,
    running_copies=0,
    running_value=Decimal("0.00"),
)
_OF_A_SET = example(AccessionRow, title="三国演义（上）", author="罗贯中", price=Decimal("118.00"))
_MARKED = COPY._replace(withdrawn_on=WITHDRAWAL.withdrawn_on, withdrawal_no=WITHDRAWAL.withdrawal_no)
_WITHDRAWAL_BATCH = example(
    SummaryRow,
    registered_on=WITHDRAWAL.withdrawn_on,
    batch_no=WITHDRAWAL.withdrawal_no,
    flow=Flow.OUT,
    source=SourceOrDestination.WORN_OUT,
    I=1,
)
_NOTHING = Decimal("0.00")
_LINE = example(ClassificationRow)
_NEXT_LINE = _LINE._replace(
    starts_on=date(2026, 2, 23),
    ends_on=date(2026, 7, 3),
    opening_copies=1,
    opening_value=Decimal("25.00"),
    added_copies=0,
    added_value=_NOTHING,
)
_EMPTIED = _LINE._replace(closing_copies=0, closing_value=_NOTHING)
# The 22 lines of a period in which nothing but one copy of literature came.
_EMPTY: dict[str, Any] = {"added_copies": 0, "added_value": _NOTHING, "closing_copies": 0, "closing_value": _NOTHING}
_PERIOD = tuple(
    _LINE
    if letter == _LINE.class_letter
    else _LINE._replace(class_letter=letter, class_name=CLASS_NAMES[letter], **_EMPTY)
    for letter in CLASS_LETTERS
)
_OVERLAPPING = tuple(line._replace(starts_on=date(2026, 1, 5), ends_on=date(2026, 7, 3)) for line in _PERIOD)
_SECOND_TERM = EXAMPLE_SCHOOL._replace(term_start=date(2026, 2, 23), term_end=date(2026, 7, 3))
_WORN_OUT_BATCH = example(
    SummaryRow,
    registered_on=date(2026, 1, 16),
    batch_no="2026-001",
    flow=Flow.OUT,
    source=SourceOrDestination.WORN_OUT,
)
_WRITTEN_OFF = (BATCH, _WORN_OUT_BATCH, _MARKED, WITHDRAWAL)

EXAMPLES = {
    "ACC001": Example((COPY, COPY._replace(title="呼兰河传"))),
    "ACC002": Example((COPY._replace(withdrawn_on=date(2026, 1, 16)), COPY._replace(accessioned_on=date(2026, 3, 2)))),
    "ACC003": Example((COPY._replace(accession_no="0001"),)),
    "ACC005": Example((COPY._replace(barcode="QH0001"), SECOND_COPY._replace(barcode="QH0001"))),
    "ACC006": Example((COPY._replace(barcode="000002"), SECOND_COPY)),
    "ACC007": Example(
        (
            *(COPY._replace(accession_no=f"{number:06}", barcode=f"QH{number:06}") for number in range(1, 21)),
            COPY._replace(accession_no="000021", barcode="QH000031"),
        )
    ),
    "ACC011": Example((COPY._replace(class_no="W246.5"),)),
    "ACC012": Example((COPY._replace(class_no="I2465"),)),
    "ACC013": Example((COPY._replace(isbn="9787020024758"),)),
    "ACC014": Example((COPY._replace(published="2062"),)),
    "ACC015": Example((COPY, NEW_COPY._replace(title="草房子", price=Decimal("28.00"), isbn=ISBN))),
    "ACC016": Example((COPY._replace(isbn="978702002475"),)),
    "ACC017": Example((COPY, NEW_COPY._replace(title=COPY.title, publisher="别的书局", isbn=ISBN))),
    "ACC018": Example((COPY._replace(published="42125"),)),
    "ACC019": Example((COPY._replace(pages="0"),)),
    "ACC021": Example((COPY._replace(publisher="2014"),)),
    "ACC022": Example((COPY._replace(edition="136", pages=None),)),
    "ACC101": Example((_PAIR, COPY, SECOND_COPY._replace(accessioned_on=date(2025, 8, 29)))),
    "ACC102": Example((BATCH, COPY._replace(accessioned_on=date(2026, 9, 1)))),
    "ACC103": Example(
        (
            BATCH,
            *(
                COPY._replace(accession_no=f"{number:06}", accessioned_on=date(2025, 9, 1 if number != 11 else 12))
                for number in range(1, 22)
            ),
        )
    ),
    "ACC201": Example((COPY._replace(price=Decimal("-25.00")),)),
    "ACC203": Example((BATCH, COPY._replace(source=Source.PURCHASE, price=Decimal("0.00")))),
    "ACC204": Example(
        (
            BATCH,
            COPY._replace(source=Source.DONATION, price=Decimal("0.00")),
            *(COPY._replace(accession_no=number, source=Source.DONATION) for number in ("000002", "000003")),
        )
    ),
    "ACC301": Example((BATCH, COPY, SECOND_COPY._replace(batch_no="2025-010"))),
    "ACC302": Example((BATCH, _WORN_OUT, COPY, SECOND_COPY._replace(batch_no="2025-002"))),
    "ACC303": Example((_PAIR, COPY, SECOND_COPY._replace(accession_no="000020"))),
    "ACC304": Example((_PAIR, COPY, SECOND_COPY._replace(source=Source.DONATION))),
    "ACC311": Example((BATCH, COPY._replace(source=Source.REPLACEMENT))),
    "ACC312": Example((BATCH, BINDING, PAPER)),
    "ACC313": Example((BATCH, COPY._replace(remarks="送修"), SECOND_COPY, example(RepairRow, accession_no="000002"))),
    "ACC351": Example((_MARKED,)),
    "ACC352": Example((COPY, WITHDRAWAL)),
    "ACC353": Example((_WITHDRAWAL_BATCH, _MARKED._replace(withdrawn_on=date(2026, 1, 6)), WITHDRAWAL)),
    "ACC354": Example((_WITHDRAWAL_BATCH, _MARKED._replace(withdrawal_no="2026-010"), WITHDRAWAL)),
    "ACC901": Example((COPY, SECOND_COPY._replace(title="呼兰河传", price=Decimal("3480.00")))),
    "ACC902": Example((COPY, SECOND_COPY._replace(price=Decimal("52.00")))),
    "ACC903": Example((COPY, SECOND_COPY._replace(class_no="I247.5"))),
    "ACC904": Example(
        (
            COPY,
            SECOND_COPY,
            COPY._replace(accession_no="000003"),
            _OF_A_SET._replace(accession_no="000004"),
            _OF_A_SET._replace(accession_no="000005", title="三国演义（下）"),
        )
    ),
    "ACC905": Example((COPY, NEW_COPY._replace(book_no="2"))),
    "ACC906": Example((COPY._replace(pages="1e+30"),)),
    "ACC907": Example(
        tuple(
            COPY._replace(accession_no=f"{number:06}", isbn=ISBN, pages=pages)
            for number, pages in enumerate(("120", "120", "210"), 1)
        )
    ),
    "CLS001": Example((_LINE._replace(class_letter="W"),)),
    "CLS002": Example((_LINE, _LINE)),
    "CLS003": Example((_LINE,)),
    "CLS004": Example((example(ClassificationRow, class_name="艺术"),)),
    "CLS005": Example((_LINE,), _SECOND_TERM, date(2026, 7, 3)),
    "CLS101": Example((_LINE._replace(ends_on=date(2025, 1, 23)),)),
    "CLS102": Example((*_PERIOD[:11], _PERIOD[11]._replace(ends_on=date(2026, 1, 24)))),
    "CLS103": Example((*_PERIOD, *_OVERLAPPING)),
    "CLS201": Example((_LINE._replace(closing_copies=2),)),
    "CLS202": Example((_LINE._replace(closing_value=Decimal("26.00")),)),
    "CLS203": Example((_LINE, _NEXT_LINE._replace(opening_copies=2, closing_copies=2))),
    "CLS204": Example((_LINE, _NEXT_LINE._replace(opening_value=Decimal("52.00"), closing_value=Decimal("52.00")))),
    "CLS205": Example((_LINE._replace(added_copies=2, closing_copies=2), BATCH, COPY)),
    "CLS206": Example((_LINE._replace(added_value=Decimal("52.00"), closing_value=Decimal("52.00")), BATCH, COPY)),
    "CLS207": Example((_LINE._replace(closing_value=_NOTHING, removed_value=Decimal("25.00")), *_WRITTEN_OFF)),
    "CLS208": Example((_EMPTIED._replace(removed_copies=1, removed_value=Decimal("52.00")), *_WRITTEN_OFF)),
    "CLS209": Example((_LINE._replace(opening_copies=1, closing_copies=2), BATCH, COPY)),
    "CLS210": Example((_LINE._replace(opening_value=Decimal("3.00"), closing_value=Decimal("28.00")), BATCH, COPY)),
    "CLS211": Example((*_PERIOD, BATCH._replace(copies=2))),
    "CLS212": Example((*_PERIOD, BATCH._replace(list_value=Decimal("52.00")))),
    "SUM001": Example((BATCH, _SECOND_BATCH._replace(batch_no="2025-001"))),
    "SUM002": Example((BATCH, _SECOND_BATCH._replace(batch_no="2025-003"))),
    "SUM003": Example((BATCH, _SECOND_BATCH, _THIRD_BATCH._replace(batch_no="2025第3批"))),
    "SUM004": Example((_OUT_PLAIN._replace(source=SourceOrDestination.PURCHASE),)),
    "SUM005": Example((BATCH._replace(handled_by="苏晓禾", received_by="苏 晓禾"),)),
    "SUM006": Example((BATCH, BATCH._replace(batch_no="2025-002", supplier="文教书社"))),
    "SUM007": Example(
        (
            BATCH,
            BATCH._replace(batch_no="2025-002"),
            BATCH._replace(batch_no="2025-003", source=SourceOrDestination.DONATION),
        )
    ),
    "SUM011": Example((BATCH._replace(last_no="000003"),)),
    "SUM012": Example((BATCH._replace(first_no="000002"),)),
    "SUM013": Example((BATCH._replace(last_no=None),)),
    "SUM014": Example((BATCH, _SECOND_BATCH._replace(first_no="000001", last_no="000001"))),
    "SUM015": Example((BATCH, _SECOND_BATCH._replace(first_no="000005", last_no="000005"))),
    "SUM016": Example((_OUT,)),
    "SUM017": Example((_OUT_PLAIN._replace(paid_value=Decimal("25.00")),)),
    "SUM018": Example((BATCH, BATCH._replace(batch_no="2025-002", source=SourceOrDestination.DONATION))),
    "SUM019": Example(
        (BATCH._replace(source=SourceOrDestination.DONATION, supplier="青禾村民委员会", remarks="青禾镇政府捐赠"),)
    ),
    "SUM101": Example((BATCH, _SECOND_BATCH._replace(registered_on=date(2025, 8, 30)))),
    "SUM102": Example(
        (
            *(BATCH._replace(batch_no=f"2025-{serial:03}") for serial in range(1, 4)),
            BATCH._replace(batch_no="2025-004", registered_on=date(2026, 9, 1)),
        )
    ),
    "SUM103": Example(
        (
            *(
                BATCH._replace(batch_no=f"2025-{n:03}", voucher_no=f"FP202509{n}", registered_on=date(2025, 9, n))
                for n in range(10, 15)
            ),
            BATCH._replace(batch_no="2025-018", voucher_no="FP20250981", registered_on=date(2025, 9, 18)),
        )
    ),
    "SUM201": Example((BATCH._replace(I=2),)),
    "SUM202": Example((BATCH._replace(I=1), _SECOND_BATCH._replace(I=1), _THIRD_BATCH)),
    "SUM211": Example((BATCH, _SECOND_BATCH._replace(running_copies=3))),
    "SUM212": Example((BATCH, _SECOND_BATCH._replace(running_value=Decimal("45.00")))),
    "SUM221": Example((BATCH._replace(paid_value=Decimal("52.00")),)),
    "SUM222": Example((BATCH._replace(titles=5),)),
    "SUM223": Example((BATCH._replace(source=SourceOrDestination.DONATION),)),
    "SUM301": Example((_PAIR, COPY)),
    "SUM302": Example((BATCH, COPY._replace(price=Decimal("52.00")))),
    "SUM303": Example((_PAIR, COPY, SECOND_COPY._replace(title="呼兰河传", author="萧红"))),
    "SUM304": Example((BATCH._replace(K=1), COPY)),
    "SUM305": Example((BATCH,)),
    "SUM306": Example((_PAIR, COPY._replace(source=Source.DONATION), SECOND_COPY._replace(source=Source.DONATION))),
    "SUM307": Example((_PAIR._replace(registered_on=date(2025, 9, 5)), COPY, SECOND_COPY)),
    "SUM308": Example((_PAIR._replace(first_no="000011", last_no="000012"), COPY, SECOND_COPY)),
    "SUM351": Example(
        (_WITHDRAWAL_BATCH._replace(copies=2), _MARKED, _MARKED._replace(accession_no="000002"), WITHDRAWAL)
    ),
    "SUM352": Example((_WITHDRAWAL_BATCH, _MARKED, WITHDRAWAL._replace(price=Decimal("52.00")))),
    "SUM353": Example((_WITHDRAWAL_BATCH._replace(I=None, K=1), _MARKED, WITHDRAWAL)),
    "SUM354": Example((_OUT_PLAIN._replace(titles=0), COPY, GONE)),
    "SUM355": Example((_OUT_PLAIN, GONE._replace(reason=WithdrawalReason.TRANSFERRED))),
    "SUM356": Example((_OUT_PLAIN, GONE, GONE._replace(accession_no="000002", reason=WithdrawalReason.WEEDED))),
    "WDL001": Example((_MARKED, WITHDRAWAL, WITHDRAWAL)),
    "WDL002": Example((_MARKED, WITHDRAWAL._replace(approved_by=None))),
    "WDL101": Example((_MARKED, WITHDRAWAL._replace(withdrawn_on=date(2025, 8, 31)))),
    "WDL102": Example((_WITHDRAWAL_BATCH, _MARKED, WITHDRAWAL._replace(withdrawn_on=date(2026, 1, 6)))),
    "WDL201": Example((_MARKED, WITHDRAWAL._replace(price=Decimal("52.00")))),
    "WDL301": Example((WITHDRAWAL._replace(accession_no="000010"),)),
    "WDL302": Example((_MARKED, WITHDRAWAL._replace(title="呼兰河传"))),
    "WDL303": Example((_MARKED, WITHDRAWAL._replace(class_no="K246.5"))),
    "WDL304": Example((_WITHDRAWAL_BATCH, _MARKED, WITHDRAWAL._replace(withdrawal_no="2026-010"))),
    "WDL305": Example((example(SummaryRow), _MARKED, WITHDRAWAL._replace(withdrawal_no="2025-001"))),
    "WDL306": Example(
        (GONE, GONE._replace(accession_no="000002"), GONE._replace(accession_no="000003", approved_by="苏晓禾"))
    ),
    "WDL307": Example((GONE._replace(approval_no="〔2023〕1号"),)),
    "WDL310": Example(
        tuple(
            GONE._replace(line=at, withdrawal_no=f"2026-{at:03}", approval_no=no, withdrawn_on=date(2026, on, 20))
            for at, (no, on) in enumerate((("1号", 1), ("2号", 3), ("3号", 4), ("1号", 6)), 2)
        )
    ),
    "WDL308": Example((GONE._replace(disposal="调拨"),)),
    "WDL309": Example(
        (GONE._replace(approved_by="苏老师"),),
        EXAMPLE_SCHOOL._replace(librarian="苏老师", principal="周校长"),
    ),
}
