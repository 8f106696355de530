"""Take over old lists: the new workbook, complete or absent, and the report beside it."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.adoption.adopting import Adoption, adopt, adopt_found
from schoollib_xl.adoption.baseline import differences, explanations, first_check
from schoollib_xl.adoption.files.old_files import find
from schoollib_xl.adoption.journal import RowOutcome
from schoollib_xl.adoption.mapping_file import MAPPING_NAME, write_mapping
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.own_totals import differing
from schoollib_xl.adoption.proposals import SettingProposal, proposals
from schoollib_xl.adoption.report import REPORT_NAME, AdoptionResult, report_answer, settles_every_row
from schoollib_xl.adoption.totals import control_totals, sources_taken
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import Report, run
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.office import ExplanationRow
from schoollib_xl.saving import CannotWrite, is_taken, make_folder, newly, refuse_if_there
from schoollib_xl.scratch import scratch_folder
from schoollib_xl.sheets.books.answer_book import write_answer_book
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.opening.grids import Progress
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.sheets.reading.loading import load

# How a workbook made by taking over old lists is marked, so that it can be told from others when made again.
_KIND = "接收"


class Adopted(NamedTuple):
    """What was taken over: where the report is, the totals and columns, how many failing findings the first check
    of the new books has. `workbook` is None where nothing could be taken over.
    """

    workbook: Path | None
    report: Path
    adoption: Adoption
    result: AdoptionResult
    findings: int

    @property
    def records_aside(self) -> int:
        """Rows that say something and were not taken over."""
        row_records = self.adoption.journal.row_records.values()
        return sum(row_record.outcome is RowOutcome.ASIDE and row_record.is_record for row_record in row_records)

    @property
    def to_look(self) -> int:
        """How much there is to look at: rows left behind, columns nobody knew, totals of the lists that are not the
        sum of their lines, failing findings.
        """
        unknown = sum(len(source.unrecognised) for source in self.result.sources)
        return self.records_aside + unknown + len(differing(self.adoption.tables)) + self.findings

    @property
    def is_whole(self) -> bool:
        """Whether nothing was left behind: every row has its line, every total agrees, no record was set
        aside, every line of 账册对照 was followed.
        """
        agrees = all(total.agrees for total in self.result.totals) and not self.adoption.journal.urgent
        return agrees and not self.records_aside and settles_every_row(self.adoption)


def take_over(
    sources: Sequence[Path],
    target: Path,
    options: Options,
    progress: Progress | None = None,
    *,
    baseline: bool = False,
    again: bool = False,
) -> Adopted:
    """Take the sources over into a new workbook, read it back and check it, and write 接收报告.xlsx beside it. Taken
    over `again`, the workbook of the last time is replaced where nobody has touched it since.

    Raises Unusable where a source cannot be read, and CannotWrite where the target is there already or cannot be
    written.
    """
    before = _last_time(target, options) if again else None
    if before is None:
        refuse_if_there(target)
    adoption = adopt(sources, options, progress)
    folder = target.resolve().parent
    make_folder(folder)
    columns = sources_taken(adoption.tables, adoption.journal)
    if adoption.is_empty:
        return _reported(adoption, None, folder, AdoptionResult((), columns, ()), 0)
    draft, sentences = _checked(adoption, target.name, baseline=baseline)
    totals = control_totals(adoption.ledger_set, adoption.journal, draft.library)
    failing = sum(finding.fails for finding in draft.report.findings)
    if before is not None:
        sentences = [*differences(before, draft.library), *sentences]
    result = AdoptionResult(totals, columns, sentences)
    if before is not None:
        done = _reported(adoption, target, folder, result, failing)
        write_workbook(adoption.ledger_set, target, kind=_KIND)
        return done
    with newly(target) as place:
        place.write_bytes(draft.package)
        return _reported(adoption, target, folder, result, failing)


def _last_time(target: Path, options: Options) -> Library | None:
    """The books as they were taken over last; None where there are none.

    Raises CannotWrite where the file is another one, or somebody has worked in it since.
    """
    if not target.exists():
        return None
    if is_taken(target, _KIND):
        raise CannotWrite(f"“{target.name}”不是上次接收写的，或者已经改过了，没有动它；用 --into 换一个名字。")
    return load(target, options.as_of).library


def _reported(
    adoption: Adoption, workbook: Path | None, folder: Path, result: AdoptionResult, findings: int
) -> Adopted:
    report = write_answer_book(report_answer(adoption, result), folder / REPORT_NAME)
    return Adopted(workbook, report, adoption, result, findings)


class _Draft(NamedTuple):
    """The new workbook as a file, as it reads, and what its check finds."""

    package: bytes
    library: Library
    report: Report


def _checked(adoption: Adoption, name: str, *, baseline: bool) -> tuple[_Draft, list[str]]:
    """The new workbook and what its first check says; with a baseline, after the rows that explain old findings
    have been added to the set of ledgers.
    """
    ledger_set, options = adoption.ledger_set, adoption.options
    draft = _draft(ledger_set, name, options)
    if baseline:
        explained = explanations(draft.library, draft.report, options.opening_day, options.as_of)
        ledger_set.rows[ExplanationRow] = [*ledger_set.rows.get(ExplanationRow, []), *explained]
        draft = _draft(ledger_set, name, options)
    return draft, first_check(draft.report)


def _draft(ledger_set: LedgerSet, name: str, options: Options) -> _Draft:
    with scratch_folder() as folder:
        path = folder / name
        write_workbook(ledger_set, path, kind=_KIND)
        library = load(path, options.as_of).library
        return _Draft(path.read_bytes(), library, run(library, ALL.values()))


class Mapped(NamedTuple):
    """What a dry run shows: where 账册对照.xlsx is, a line for each table, and the settings the data propose."""

    path: Path
    lines: Sequence[str]
    settings: Sequence[SettingProposal]


def map_only(sources: Sequence[Path], folder: Path, options: Options) -> Mapped:
    """Write 账册对照.xlsx: what each table and column would be taken for, and with which settings.

    Raises Unusable and CannotWrite.
    """
    found = find(sources, options)
    tables = [*found.tables, *(desk.table for desk in found.desks)]
    if not tables:
        raise Unusable(f"《{sources[0].name}》里没有一行内容，换成有书目、名册或借阅记录的文件。")
    lines = [
        f"《{table.file}》{table.sheet}：{table.kind.name if table.kind else '没有认出'}，{table.filled_rows} 行"
        for table in tables
    ]
    settings: Sequence[SettingProposal] = ()
    # A list nobody can make out yet has no settings; what it lacks stands in the file.
    with suppress(Unusable):
        settings = proposals(adopt_found(found, options))
    return Mapped(
        write_mapping(found.tables, settings, folder / MAPPING_NAME), [*found.journal.urgent, *lines], settings
    )
