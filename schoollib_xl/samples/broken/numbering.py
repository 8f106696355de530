"""Numbers that stand twice: one small broken example per check."""

from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import example
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.samples.broken.example import Example

EXAMPLES = {
    "CIR001": Example((example(LoanRow), example(LoanRow, accession_no="000002"))),
    "CMP001": Example((example(CompensationRow), example(CompensationRow, accession_no="000002"))),
    "PER001": Example((example(PeriodicalRow), example(PeriodicalRow, title="少年文艺"))),
    "RDR001": Example((example(ReaderRow), example(ReaderRow, name="周小舟"))),
    "RDR002": Example((example(ClassRow), example(ClassRow, class_name="三(1)班"))),
}
