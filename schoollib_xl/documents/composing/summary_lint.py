"""What the librarian is told about a summary before it is printed; nothing of it stands in the summary."""

from collections.abc import Iterator
from datetime import timedelta

from schoollib_xl.documents.composing.activity_facts import asked_jobs
from schoollib_xl.documents.composing.confirmed import lends_unrecorded, unconfirmed_notes
from schoollib_xl.documents.composing.lending_facts import is_nearly_over
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.documents.composing.plan_lint import missing_figures
from schoollib_xl.documents.composing.wording_lint import sentence_notes, text_notes
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.supporting.vocabulary import PaperKind
from schoollib_xl.quotas.jobs import State
from schoollib_xl.quotas.period import progress
from schoollib_xl.rules.completion import Completion
from schoollib_xl.wording.findings import address
from schoollib_xl.wording.unchecked import unchecked_sentences
from schoollib_xl.wording.zh import say

# A summary is signed within the weeks after its term.
_IN_TIME = timedelta(days=62)


def summary_notes(material: SourceMaterial) -> tuple[str, ...]:
    """Everything to look at again, each with its cell."""
    return (
        *text_notes(material, PaperKind.SUMMARY),
        *sentence_notes(material),
        *_not_told(material),
        *_not_over(material),
        *_no_loans(material),
        *unconfirmed_notes(material),
        *_long_past(material),
        *missing_figures(material),
        *_not_checked(material),
    )


def _not_told(material: SourceMaterial) -> Iterator[str]:
    """Jobs of the months gone by that nobody wrote the end of."""
    for job in asked_jobs(material) if material.window else ():
        if job.said is Completion.SILENT and job.state is not State.DONE:
            yield f"{address(material.library, cell(job.row, 'done'))} 没有写完成情况，“{job.row.task}”没有算完成。"


def _not_over(material: SourceMaterial) -> Iterator[str]:
    """A term with much of it to come is not compared with the one before, and on its first day there is nothing."""
    if material.period and material.library.as_of == material.period.term.start:
        yield f"截止日期{say(material.library.as_of)}是学期的第一天，还没有什么可以总结。"
    if material.quotas.comparisons and not is_nearly_over(material):
        is_known = material.period is not None and progress(material.library, material.period) is not None
        yield f"{'学期还没有过完' if is_known else '算不出学期过了多少'}，没有和上学期比。"


def _no_loans(material: SourceMaterial) -> Iterator[str]:
    """Targets of borrowing look missed where nobody wrote the loans down."""
    has_begun = material.period is not None and material.library.as_of > material.period.term.start
    behind = any(quota.obligation.on_track is False for quota in material.quotas.classes)
    if has_begun and behind and not material.quotas.school.loans:
        what = "指标没有算" if lends_unrecorded(material) else "指标都写成没有完成"
        yield f"本学期的借书一笔也没有记，借书的{what}；先记借阅登记账，再写总结。"


def _long_past(material: SourceMaterial) -> Iterator[str]:
    """A summary signed long after its term: the settings may still be those of last year."""
    if material.period and material.library.as_of > material.period.term.end + _IN_TIME:
        signed, end = say(material.library.as_of), say(material.period.term.end)
        about = f"到{end}为止的{material.school_year}学年度{material.term_name}"
        yield f"落款日期是{signed}，这份总结说的是{about}；要总结新学期，先改基本信息里的学期。"


def _not_checked(material: SourceMaterial) -> Iterator[str]:
    if material.report:
        yield from unchecked_sentences(material.library, material.report.unchecked)
