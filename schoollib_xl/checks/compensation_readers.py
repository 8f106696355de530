"""赔偿登记账 (CMP) against 读者名册 and 个别登记账: who, of which class, and which book."""

from collections.abc import Iterator

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.checks.likeness import same_name, same_title
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.rules.incidents import loans_of


def _with_reader(library: Library) -> Iterator[tuple[CompensationRow, ReaderRow]]:
    for row in library[CompensationRow]:
        if reader := library.readers.get(row.reader_no):
            yield row, reader


@check(
    "CMP311",
    title="赔偿的读者不在读者名册",
    message="{incident_no} 写的读者证号是 {reader_no}，读者名册里查不到。",
    why="查不到是谁赔的，钱和书就对不上人。",
    fix="先对照借阅登记账，证号抄错了就改正；没有抄错，就补登到读者名册。",
    reads={CompensationRow: "incident_no reader_no", ReaderRow: "reader_no"},
)
def reader_is_unknown(library: Library) -> Iterator[Found]:
    if library[ReaderRow].all_say("reader_no"):
        for row in library[CompensationRow]:
            if row.reader_no not in library.known_readers:
                yield found(cell(row, "reader_no"))


@check(
    "CMP312",
    title="赔偿的姓名和读者名册不一样",
    message="读者证号 {reader_no} 在名册上是{right}，赔偿账写的是{name}。",
    why="证号和姓名对不上，赔偿就记到了别人名下。",
    fix="先看借书证；证号错了改证号，姓名错了改姓名。",
    reads={CompensationRow: "reader_no name", ReaderRow: "reader_no name"},
)
def name_differs(library: Library) -> Iterator[Found]:
    for row, reader in _with_reader(library):
        if row.name and not same_name(row.name, reader.name):
            yield found(cell(row, "name"), cell(reader, "name"), cell(row, "reader_no"), right=reader.name)


@check(
    "CMP313",
    title="赔偿的班级和读者名册不一样",
    message="{incident_no} 班级写的是{class_name}，读者证号 {reader_no} 在名册和借阅账上是{right}。",
    why="班级不一样，催赔时就找错了班主任。",
    fix="先问班主任；班级写错了就改正，证号写错了就改证号。",
    severity=Severity.WARNING,
    reads={
        CompensationRow: "incident_no registered_on reader_no class_name accession_no",
        ReaderRow: "reader_no kind class_name",
        LoanRow: "lent_on reader_no class_name accession_no mode outcome",
        ClassRow: "class_name",
    },
)
def class_differs(library: Library) -> Iterator[Found]:
    for row, reader in _with_reader(library):
        if reader.kind is not ReaderKind.PUPIL:
            continue
        # A pupil who moved since was of the class that the loan names.
        lent = [loan.class_name for loan in loans_of(library, row)]
        written = library.class_called(row.class_name)
        classes = [one for name in (reader.class_name, *lent) if (one := library.class_called(name))]
        if written and classes and all(written is not one for one in classes):
            others = cell(reader, "class_name"), cell(row, "reader_no")
            yield found(cell(row, "class_name"), *others, right=reader.class_name)


@check(
    "CMP314",
    title="赔偿的书名和个别登记账不一样",
    message="{accession_no} 赔偿账写《{title}》，个别账是《{entered}》。",
    why="号和书名不是同一册，赔的是哪一册就说不清。",
    fix="先查这位读者借的是哪一册；号错了改号，书名错了改书名。",
    severity=Severity.WARNING,
    reads={CompensationRow: "accession_no title", AccessionRow: "accession_no title"},
)
def title_differs(library: Library) -> Iterator[Found]:
    for row in library[CompensationRow]:
        copy = library.copies.get(row.accession_no)
        if copy and row.title and not same_title(row.title, copy.title):
            yield found(cell(row, "title"), cell(copy, "title"), cell(row, "accession_no"), entered=copy.title)
