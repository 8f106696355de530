"""A batch entered again with all its copies is one cause; two gifts that are alike are none."""

from bench.slips_of_many_rows import _batch_entered_twice
from bench.slips_of_the_pen import Pen
from make import explained
from schoollib_xl.causes.correction import Removal, SlipKind
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.wording.checking.causes import what_to_do


def test_the_later_one_with_its_copies_is_one_too_many(pen: Pen) -> None:
    copies = len(pen.rows(AccessionRow))
    _batch_entered_twice(pen)
    report, [cause] = explained(pen.ledger_set)
    assert cause.correction.kind is SlipKind.BATCH_TWICE
    again = [pen.rows(SummaryRow)[-1], *pen.rows(AccessionRow)[copies:]]
    assert cause.correction.edits == tuple(map(Removal, again))
    assert cause.explains == tuple(range(len(report.findings)))
    said = what_to_do(pen.ledger_set.library(), cause.correction)
    assert "这一行登重了；个别登记账!A" in said
    assert f"这 {len(again) - 1} 行都登重了：个别登记号 " in said


def test_two_gifts_alike_are_not_where_the_classes_count_both(pen: Pen) -> None:
    _batch_entered_twice(pen)
    pen.rows(ClassificationRow).clear()
    _, causes = explained(pen.ledger_set)
    assert all(cause.correction.kind is not SlipKind.BATCH_TWICE for cause in causes)
