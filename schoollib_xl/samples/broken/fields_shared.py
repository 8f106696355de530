"""Fields that two books hold, and words that do not fit each other: one small broken example per check."""

from datetime import date
from decimal import Decimal

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.ledger_set import EXAMPLE_SCHOOL
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import example
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow, RecommendationRow, VisitRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, JobRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import ClassRow, PupilLibrarianRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.ledgers.supporting.vocabulary import ClassLending, DayKind, VisitorKind
from schoollib_xl.ledgers.vocabulary import (
    Flow,
    Incident,
    LeavingReason,
    LoanMode,
    LoanOutcome,
    PeriodicalKind,
    ReaderKind,
    Settlement,
    Source,
    SourceOrDestination,
    Weekday,
    WithdrawalReason,
)
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.target_names import TargetName
from schoollib_xl.samples.broken.example import Example

_INCIDENT = example(CompensationRow)
_AGAIN = _INCIDENT._replace(incident_no="P2025-002")
_REPLACED = _INCIDENT._replace(settlement=Settlement.REPLACEMENT, receipt_no=None, replacement_no="000002")
_DAMAGED = _INCIDENT._replace(incident=Incident.DAMAGED)
_COPY = example(AccessionRow)
_NEW_COPY = example(AccessionRow, accession_no="000002", accessioned_on=date(2025, 10, 20))
_BROUGHT = _NEW_COPY._replace(source=Source.REPLACEMENT)
_LOAN = example(LoanRow)
_LOST_LOAN = _LOAN._replace(returned_on=_INCIDENT.registered_on, outcome=LoanOutcome.LOST)
_LATER_LOAN = example(LoanRow, loan_no="J000002", lent_on=date(2025, 10, 20), due_on=date(2025, 11, 3))
_GONE = example(WithdrawalRow, reason=WithdrawalReason.LOST)
_READER = example(ReaderRow)
_TEACHER = example(ReaderRow, reader_no="T001", name="陈静", kind=ReaderKind.TEACHER, class_name=None)
_CLASS = example(ClassRow)
_OTHER_CLASS = example(ClassRow, class_name="三（2）班")
_BATCH = example(SummaryRow)
_OUT = example(SummaryRow, batch_no="2026-001", flow=Flow.OUT, source=SourceOrDestination.LOST)
_OUT_PLAIN = _OUT._replace(first_no=None, last_no=None, registered_on=date(2026, 1, 16))
_PAPER = example(PeriodicalRow)
_BOUND = _PAPER._replace(bound_volumes=1, first_bound_no="000001", last_bound_no="000001")
_VOLUME = _COPY._replace(title="儿童文学合订本", source=Source.BINDING, accessioned_on=date(2026, 1, 20))
_REPAIR = example(RepairRow)
_TARGET = example(TargetRow)
_SHOW = example(ActivityRow, held_on=date(2025, 10, 24), kind="阅读笔记展评", name="秋季阅读笔记展评", classes=None)
_PAGE = _SHOW._replace(kind="读书报", name="《读书报》第11期")
_CASH = example(CashRow)
_HOLIDAY = example(CalendarRow, starts_on=date(2025, 10, 1), ends_on=date(2025, 10, 8), kind=DayKind.HOLIDAY, note=None)
_ISBN = "9787020024759"

EXAMPLES = {
    "ACT102": Example(
        (example(ActivityRow, held_on=date(2025, 10, 2)), example(CalendarRow), _HOLIDAY),
    ),
    "ACT103": Example((example(JobRow, done="2月10日完成"),)),
    "ACT202": Example((_CLASS, _OTHER_CLASS._replace(pupils=150), example(ActivityRow, classes="三（1）班"))),
    "ACT203": Example((_SHOW._replace(participants=2, result="评出一等奖3名"),)),
    "CIR315": Example((_CLASS._replace(lending=ClassLending.IN_ROOM), _READER, _LOAN)),
    "CMP323": Example(
        (
            _DAMAGED._replace(settlement=Settlement.REPAIR, settled_on=_INCIDENT.registered_on),
            _REPAIR._replace(sent_on=_INCIDENT.registered_on),
        )
    ),
    "CSH306": Example((_BATCH._replace(paid_value=None), _CASH)),
    "PER209": Example((_BOUND._replace(received_issues=0),)),
    "RDR306": Example((_CLASS, _OTHER_CLASS._replace(teacher="李明"), _TEACHER._replace(class_name="三（2）班"))),
    "VIS306": Example(
        (
            _TEACHER,
            _CLASS,
            *(
                example(VisitRow, visitor=VisitorKind.TEACHER, class_name=None, name=name, people=1)
                for name in ("陈静", "陈静老师", "诸葛明")
            ),
        )
    ),
    "WDL307": Example((_GONE._replace(approval_no="〔2023〕1号"),)),
    "WDL308": Example((_GONE._replace(disposal="调拨"),)),
    "WDL309": Example(
        (_GONE._replace(approved_by="苏老师"),),
        EXAMPLE_SCHOOL._replace(librarian="苏老师", principal="周校长"),
    ),
    "CMP014": Example((_INCIDENT, _AGAIN)),
    "CMP103": Example((_LATER_LOAN, _INCIDENT)),
    "CMP104": Example((_LOST_LOAN, _INCIDENT._replace(registered_on=date(2025, 10, 8)))),
    "CMP105": Example((_INCIDENT, _GONE._replace(withdrawn_on=date(2025, 10, 8)))),
    "CMP106": Example((_COPY, _BROUGHT._replace(accessioned_on=date(2025, 9, 1)), _REPLACED)),
    "CMP203": Example((_INCIDENT._replace(paid=Decimal("15.00")),)),
    "CMP204": Example((_INCIDENT._replace(paid=None, refunded_on=date(2025, 11, 3)),)),
    "CMP205": Example((_INCIDENT._replace(settled_on=None),)),
    "CMP311": Example((_READER, _INCIDENT._replace(reader_no="S0009"))),
    "CMP312": Example((_READER, _INCIDENT._replace(name="周小舟"))),
    "CMP313": Example((_CLASS, _OTHER_CLASS, _READER, _INCIDENT._replace(class_name="三（2）班"))),
    "CMP314": Example((_COPY, _INCIDENT._replace(title="草房子"))),
    "CMP315": Example((_REPLACED._replace(replacement_no="000001"),)),
    "CMP316": Example((_COPY, _BROUGHT._replace(title="草房子"), _REPLACED)),
    "CMP317": Example((_INCIDENT._replace(replacement_no="000002"),)),
    "CMP318": Example((_INCIDENT._replace(refunded_on=date(2025, 11, 3)), _GONE)),
    "CMP319": Example((_INCIDENT, _GONE._replace(reason=WithdrawalReason.WEEDED))),
    "CMP320": Example((_INCIDENT, _AGAIN._replace(accession_no="000002", withdrawal_no="2026-001"), _GONE)),
    "CMP321": Example((_COPY, _READER, _LOAN._replace(reader_no="S0002"), _DAMAGED)),
    "CMP322": Example(
        (_COPY, _REPAIR._replace(accession_no="000009"), _DAMAGED._replace(settlement=Settlement.REPAIR))
    ),
    "RPR305": Example(
        (
            *(_COPY, _COPY._replace(accession_no="000002")),
            _REPAIR._replace(accession_no="000002", sent_on=_DAMAGED.registered_on),
            _DAMAGED._replace(settlement=Settlement.REPAIR),
        )
    ),
    "ACC014": Example((_COPY._replace(published="2062"),)),
    "ACC015": Example((_COPY, _NEW_COPY._replace(title="草房子", price=Decimal("28.00"), isbn=_ISBN))),
    "ACC906": Example((_COPY._replace(pages="1e+30"),)),
    "ACC016": Example((_COPY._replace(isbn="978702002475"),)),
    "ACC018": Example((_COPY._replace(published="42125"),)),
    "ACC019": Example((_COPY._replace(pages="0"),)),
    "ACC017": Example((_COPY, _NEW_COPY._replace(title=_COPY.title, publisher="别的书局", isbn=_ISBN))),
    "ACC204": Example(
        (
            _BATCH,
            _COPY._replace(source=Source.DONATION, price=Decimal("0.00")),
            *(_COPY._replace(accession_no=number, source=Source.DONATION) for number in ("000002", "000003")),
        )
    ),
    "ACC203": Example((_BATCH, _COPY._replace(source=Source.PURCHASE, price=Decimal("0.00")))),
    "ACC102": Example((_BATCH, _COPY._replace(accessioned_on=date(2026, 9, 1)))),
    "ACC311": Example((_BATCH, _COPY._replace(source=Source.REPLACEMENT))),
    "ACC312": Example((_BATCH, _VOLUME, _PAPER)),
    "ACC905": Example((_COPY, _NEW_COPY._replace(book_no="2"))),
    "SUM004": Example((_OUT_PLAIN._replace(source=SourceOrDestination.PURCHASE),)),
    "SUM005": Example((_BATCH._replace(handled_by="苏晓禾", received_by="苏 晓禾"),)),
    "SUM006": Example((_BATCH, _BATCH._replace(batch_no="2025-002", supplier="文教书社"))),
    "SUM016": Example((_OUT,)),
    "SUM102": Example(
        (
            *(_BATCH._replace(batch_no=f"2025-{serial:03}") for serial in range(1, 4)),
            _BATCH._replace(batch_no="2025-004", registered_on=date(2026, 9, 1)),
        )
    ),
    "SUM222": Example((_BATCH._replace(titles=5),)),
    "SUM223": Example((_BATCH._replace(source=SourceOrDestination.DONATION),)),
    "SUM354": Example((_OUT_PLAIN._replace(titles=0), _COPY, _GONE)),
    "SUM355": Example((_OUT_PLAIN, _GONE._replace(reason=WithdrawalReason.WEEDED))),
    "SUM356": Example((_OUT_PLAIN, _GONE, _GONE._replace(accession_no="000002", reason=WithdrawalReason.WEEDED))),
    "WDL306": Example(
        (_GONE, _GONE._replace(accession_no="000002"), _GONE._replace(accession_no="000003", approved_by="苏晓禾"))
    ),
    "PER017": Example((_PAPER, _PAPER._replace(title="少年文艺"))),
    "PER018": Example((_PAPER, _PAPER._replace(starts_on=date(2026, 2, 1), postal_code="2-107"))),
    "PER102": Example((_PAPER, _PAPER._replace(periodical_no="BK2025-002", starts_on=date(2025, 12, 1)))),
    "PER103": Example((_PAPER._replace(ends_on=date(2027, 1, 31)),)),
    "PER206": Example((_PAPER._replace(received_issues=4, missing_note="缺 2 期，已查询"),)),
    "PER207": Example((_PAPER._replace(missing_note="缺第三期"),)),
    "PER208": Example((_PAPER._replace(kind=PeriodicalKind.NEWSPAPER, issn="1002-2767"),)),
    "PER304": Example((_BOUND, _VOLUME._replace(title="少年文艺合订本"))),
    "PER305": Example((_BOUND, _VOLUME._replace(accessioned_on=date(2025, 3, 1)))),
    "CSH106": Example((_CASH._replace(voucher_no="FP20251210", booked_on=date(2025, 11, 10)),)),
    "CIR313": Example((_READER, _LOAN._replace(mode=LoanMode.CLASS))),
    "CIR109": Example(
        (_LOAN._replace(mode=LoanMode.IN_ROOM, returned_on=date(2025, 9, 15), outcome=LoanOutcome.RETURNED),)
    ),
    "CIR314": Example((_COPY, _LOST_LOAN, _LATER_LOAN)),
    "RPR102": Example((_REPAIR, _REPAIR._replace(sent_on=date(2025, 11, 24)))),
    "RPR103": Example((_COPY, _REPAIR._replace(sent_on=date(2025, 8, 1)))),
    "RPR303": Example((_REPAIR._replace(sent_on=date(2025, 9, 15)), _LOAN)),
    "RPR304": Example((_REPAIR, example(StocktakeRow))),
    "QUO014": Example((_TARGET._replace(grades="3-6"), _TARGET._replace(grades="5,6", value=Decimal(3)))),
    "QUO015": Example((_TARGET, _TARGET._replace(name="每生最低借书册数", value=Decimal(4)))),
    "QUO016": Example((_TARGET._replace(value=Decimal(-2)),)),
    "QUO017": Example((_TARGET._replace(unit="次"),)),
    "QUO019": Example((_TARGET._replace(basis="县年度考评要求：每学期生均不少于 3 册"),)),
    "QUO018": Example((_TARGET._replace(value=Decimal(800)),)),
    "CSH101": Example((_CASH._replace(voucher_no="SJ0001", received=Decimal("25.00"), spent=None), _INCIDENT)),
    "CSH202": Example((_CASH._replace(spent=None),)),
    "CSH204": Example((_BATCH, _CASH._replace(summary="订报刊", voucher_no=_BATCH.voucher_no))),
    "CMP107": Example(
        (
            _INCIDENT._replace(settled_on=date(2026, 1, 20)),
            _CASH._replace(voucher_no="SJ0001", received=_INCIDENT.paid, spent=None, booked_on=date(2025, 10, 20)),
        )
    ),
    "CSH205": Example(
        (
            _CASH,
            _CASH._replace(
                line=3, summary="上学年结转", received=Decimal("90.00"), spent=None, balance=Decimal("65.00")
            ),
        )
    ),
    "CSH206": Example((_CASH._replace(summary="上学年结转", received=Decimal("91.00"), spent=None),)),
    "SUM018": Example((_BATCH, _BATCH._replace(batch_no="2025-002", source=SourceOrDestination.DONATION))),
    "QUO120": Example((example(CalendarRow, kind=DayKind.HOLIDAY, follows=Weekday.TUESDAY),)),
    "CSH203": Example((_CASH._replace(received=Decimal("20.00")),)),
    "CSH304": Example(
        (
            _CASH._replace(voucher_no="SJ0001", received=Decimal("25.00"), spent=None),
            _INCIDENT._replace(refunded_on=date(2025, 11, 3)),
        )
    ),
    "CSH314": Example((_BATCH, _CASH._replace(voucher_no="FP0002", spent=Decimal("30.00")))),
    "RDR003": Example((_CLASS, _READER, _READER._replace(reader_no="S0002"))),
    "RDR103": Example((_READER._replace(stopped_on=date(2026, 1, 5), stop_reason=LeavingReason.LEFT_POST),)),
    "RDR104": Example((_CLASS._replace(grade=4),)),
    "RDR304": Example(
        (
            _CLASS,
            _OTHER_CLASS,
            _CLASS._replace(class_name="三（3）班", teacher="方启明"),
            _TEACHER,
        )
    ),
    "RDR305": Example((_CLASS, _OTHER_CLASS)),
    "PLB309": Example(
        (
            *(_CLASS, _READER, example(PupilLibrarianRow)),
            example(TargetRow, name=TargetName.PUPIL_LIBRARIANS.value, grades=None, value=Decimal(2), unit="名"),
        )
    ),
    "PLB308": Example((example(PupilLibrarianRow), example(PupilLibrarianRow, class_name="三（2）班"))),
    "VIS304": Example((_CLASS._replace(pupils=24), example(VisitRow, class_name="三（1）班", people=240))),
    "VIS305": Example(
        tuple(example(VisitRow, visitor=VisitorKind.TEACHER, people=1, name=name) for name in ("陈静", None))
    ),
    "SUM007": Example(
        (
            _BATCH,
            _BATCH._replace(batch_no="2025-002"),
            _BATCH._replace(batch_no="2025-003", source=SourceOrDestination.DONATION),
        )
    ),
    "SUM017": Example((_OUT_PLAIN._replace(paid_value=Decimal("25.00")),)),
    "PER212": Example((_PAPER._replace(title="少年科学周刊"),)),
    "CIR352": Example((_LOAN._replace(remarks="丢了，已赔款"),)),
    "CMP108": Example((_INCIDENT, _AGAIN, _INCIDENT._replace(incident_no="P2026-003"))),
    "VIS307": Example((example(VisitRow, people=0),)),
    "ACT303": Example((_SHOW, _SHOW._replace(kind="读书演讲比赛", held_on=date(2025, 12, 12)))),
    "ACT106": Example((_PAGE, _PAGE._replace(held_on=date(2025, 12, 12)))),
    "ACT105": Example((example(JobRow, month=11, done="9月24日办完"),)),
    "ACT108": Example((example(JobRow, month=11, task="集中修补破损图书", done="修补 16 册"), example(RepairRow))),
    "ACT107": Example((_SHOW, example(JobRow, month=10, task="举办秋季阅读笔记展评", done="10月14日"))),
    "ACT201": Example((_CLASS._replace(pupils=24), example(ActivityRow, participants=1200))),
    "CLS004": Example((example(ClassificationRow, class_name="艺术"),)),
    "REC001": Example((example(RecommendationRow), example(RecommendationRow))),
    "REC011": Example((example(RecommendationRow, isbn="9787020024750"),)),
    "REC302": Example((_COPY, example(RecommendationRow, author="曹文轩"))),
    "REC301": Example((_COPY, example(RecommendationRow, title="草房子", isbn=_ISBN))),
}
