"""What the ledgers say against what this program keeps beside them: printed labels (CRD), drawn samples (EVA)."""

from collections.abc import Iterator
from datetime import timedelta

from schoollib_xl.checks.check import Found, Named, Severity, check, found
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

# Twenty copies are looked for in an afternoon; after a week others are lent and returned, and the sample is stale.
_A_WEEK = timedelta(days=7)


@check(
    "CRD201",
    title="标签与账不一致",
    message="有 {copies} 册的书标是照原来的索书号印的，和账上不一样了{numbers}。",
    why="书标和账不一样，书就排错架，也查不到。",
    fix="先对照书和账；账改对了的重印书标贴上（印标签时选只印上次以后的），账改错了的把分类号、书次号改回来。",
    severity=Severity.HINT,
    reads={
        AccessionRow: "accession_no class_no book_no withdrawn_on",
        WithdrawalRow: "accession_no",
    },
)
def labels_outdated(library: Library) -> Iterator[Found]:
    printed, gone = library.kept.call_numbers, library.written_off_copies
    outdated = [
        copy
        for number, copy in library.copies.items()
        if number in printed and number not in gone and printed[number] != copy.call_number
    ]
    if outdated:
        outdated.sort(key=lambda copy: copy.line)
        numbers = Named(tuple(copy.accession_no for copy in outdated))
        yield found(*(cell(copy, "class_no") for copy in outdated), copies=len(outdated), numbers=numbers)


@check(
    "EVA401",
    title="抽查没有填完",
    message="{drawn_on} 抽的 {copies} 册，还有 {open} 册没有填找到没有{numbers}。",
    why="抽了不填，就说不上帐物相符；隔得久了，架上的书也变了。",
    fix="先到架上看这几册；填在抽查表或者抽查那一页上，再按迎检自查读回来；不用了的重新抽一次。",
    severity=Severity.HINT,
    reads={AccessionRow: "accession_no"},
)
def sample_unanswered(library: Library) -> Iterator[Found]:
    for sample in library.kept.samples:
        if sample.unanswered and library.as_of - sample.drawn_on > _A_WEEK:
            known = [library.copies[number] for number in sample.unanswered if number in library.copies]
            at = cell(known[0], "accession_no") if known else Cell(AccessionRow, 0, "accession_no")
            count, numbers = len(sample.unanswered), Named(sample.unanswered)
            yield found(at, drawn_on=sample.drawn_on, copies=sample.copies, open=count, numbers=numbers)
