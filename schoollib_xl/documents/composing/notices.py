"""催还单, 未达标名单 and 赔偿通知, composed from the workbook: one for each class or incident that needs it."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from schoollib_xl.documents.composing.lint.papers import missing_figures
from schoollib_xl.documents.composing.material import Composed, SourceMaterial
from schoollib_xl.documents.papers.notices import (
    BehindNotice,
    BehindPupil,
    CompensationNotice,
    OverdueLine,
    OverdueNotice,
)
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.vocabulary import Incident, ReaderKind, Settlement
from schoollib_xl.quotas.basis.period import progress
from schoollib_xl.quotas.borrowing.overdue import OverdueLoan, by_class
from schoollib_xl.quotas.borrowing.pupils import PupilBorrowing, below
from schoollib_xl.quotas.statement import ClassQuota
from schoollib_xl.rules.calendar import SchoolCalendar
from schoollib_xl.rules.incidents import OpenIncident
from schoollib_xl.rules.titles import set_title
from schoollib_xl.wording.answer import ABSENT
from schoollib_xl.wording.quotas.quota_sentences import without_loans
from schoollib_xl.wording.quotas.verdicts import plain, reckoning_words, rule_basis
from schoollib_xl.wording.zh import say

_GRACE = timedelta(days=7)
_REMINDER = "，望提醒他们多借书、多读书"
_UNREAD = "另有{count}笔借书没有登记全，看不出是谁借的，没有算进来；名单里的同学可能已经借够，请先问一问。"
_NEXT_TERM = "下学期第一周结束"
# What is offered where 处理方式 is blank.
_CHOICES = {Incident.LOST: "赔书或赔款", Incident.DAMAGED: "修补、赔书或赔款"}
# How staff are addressed.
_TITLE = "老师"


def overdue_notices(material: SourceMaterial) -> Iterator[Composed[OverdueNotice]]:
    """催还单 of each class that has overdue copies."""
    teachers = {quota.school_class.name: quota.school_class.teacher for quota in material.quotas.classes}
    for name, late in by_class(material.quotas.overdue).items():
        if name:
            paper = OverdueNotice(
                school=material.school,
                class_name=name,
                teacher=teachers.get(name) or "",
                cut_off=say(material.library.as_of),
                count=str(len(late)),
                return_by=_return_by(material),
                loans=tuple(_overdue_line(overdue) for overdue in late),
                signed_by=material.signed_by,
                signed_on=say(material.library.as_of),
            )
            yield Composed(f"催还单_{name}", "催还单.docx", paper)


def _overdue_line(overdue: OverdueLoan) -> OverdueLine:
    loan = overdue.loan
    return OverdueLine(
        loan.reader_no,
        overdue.name,
        loan.title or "",
        loan.accession_no,
        say(loan.lent_on),
        say(overdue.due_on),
        str(overdue.days),
    )


def _return_by(material: SourceMaterial) -> str:
    """A week from now, on an open day, and not after the term where it still runs; after its end no day that may be one
    of the holidays.
    """
    today, calendar = material.library.as_of, material.library.derive(SchoolCalendar)
    day = calendar.next_open(today + _GRACE, ReaderKind.PUPIL)
    end = material.period.term.end if material.period else day
    if end <= today:
        return say(day) if calendar.is_open(day, ReaderKind.PUPIL) else _NEXT_TERM
    return say(min(day, end))


def behind_notices(material: SourceMaterial) -> Iterator[Composed[BehindNotice]]:
    """未达标名单 of each class with pupils below what is due by now; none where no loan of the term is on record."""
    if material.period is None or material.quotas.lacks_loans:
        return
    for quota in material.quotas.classes:
        if pupils := below(quota.pupils):
            name = f"未达标名单_{quota.school_class.name}"
            yield Composed(name, "未达标名单.docx", _behind(material, quota, pupils))


def _behind(material: SourceMaterial, quota: ClassQuota, pupils: tuple[PupilBorrowing, ...]) -> BehindNotice:
    return BehindNotice(
        school=material.school,
        class_name=quota.school_class.name,
        teacher=quota.school_class.teacher or "",
        cut_off=say(material.cut_off),
        target=_asked(pupils[0]),
        count=str(len(pupils)),
        reminder=_REMINDER if _may_borrow(material) else "",
        remarks=_UNREAD.format(count=unread) if (unread := material.quotas.unread_loans) else "",
        pupils=tuple(BehindPupil(one.reader_no, one.name, str(one.copies), str(one.short_by)) for one in pupils),
        signed_by=material.signed_by,
        signed_on=say(material.library.as_of),
    )


def _may_borrow(material: SourceMaterial) -> bool:
    """Whether a pupil who is reminded can still borrow in this term: on a day to come, before 停借日期."""
    library, period = material.library, material.period
    if period is None:
        return False
    last = library.school.last_lending_day(period.term)
    if progress(library, period) is None:
        return material.cut_off < last
    return bool(library.derive(SchoolCalendar).open_days(material.cut_off + timedelta(days=1), last, ReaderKind.PUPIL))


def _asked(pupil: PupilBorrowing) -> str:
    """What is asked of each pupil, and in the middle of a term what of it by now: the listed are below that."""
    whole = f"每人不少于{plain(pupil.wanted)}册"
    if pupil.due >= (pupil.wanted or 0):
        return whole
    return f"{whole}，按开放天数到现在应借满{pupil.due}册，表里还差的算到学期末"


def compensation_notices(material: SourceMaterial) -> Iterator[Composed[CompensationNotice]]:
    """赔偿通知 of each incident that is not settled; of none that has been paid in full. Where nobody wrote how one is
    settled the reader is told what to choose from.
    """
    for incident in material.quotas.incidents:
        if incident.is_undecided:
            yield _compensation(material, incident, _CHOICES[incident.row.incident], _choices)
        elif not _is_paid_up(incident):
            yield _compensation(material, incident, incident.row.settlement, _remarks)


def _is_paid_up(incident: OpenIncident) -> bool:
    return incident.row.settlement is Settlement.PAYMENT and bool(incident.paid) and not incident.outstanding


def _compensation(
    material: SourceMaterial,
    incident: OpenIncident,
    settlement: str,
    remarks: Callable[[SourceMaterial, OpenIncident, AccessionRow | None], str],
) -> Composed[CompensationNotice]:
    row = incident.row
    reader = material.library.readers.get(row.reader_no)
    copy = material.library.copies.get(row.accession_no)
    is_staff = reader is not None and reader.kind is not ReaderKind.PUPIL
    name = row.name or (reader.name if reader else "")
    paper = CompensationNotice(
        school=material.school,
        number=row.incident_no,
        class_name="" if is_staff else row.class_name or (reader.class_name if reader else None) or "",
        name=f"{name.removesuffix(_TITLE)}{_TITLE}" if is_staff else name,
        reader_no=row.reader_no,
        title=row.title or (copy.title if copy else ""),
        accession_no=row.accession_no,
        price=str(row.price),
        kind=row.incident,
        settlement=settlement,
        # Where a book is given back or mended and there is no fee, nobody asks for money.
        owed=str(incident.reckoning.owed) if incident.reckoning.owed else ABSENT,
        basis=rule_basis(incident),
        registered_on=say(row.registered_on),
        signed_by=material.signed_by,
        signed_on=say(material.library.as_of),
        remarks=remarks(material, incident, copy),
    )
    return Composed(f"赔偿通知_{row.incident_no}", "赔偿通知.docx", paper)


def _remarks(material: SourceMaterial, incident: OpenIncident, copy: AccessionRow | None) -> str:
    """How the amount was reckoned, what has been paid of it, and what to bring where and until when."""
    settlement = incident.row.settlement
    until = f"{_return_by(material)}以前"
    if settlement is Settlement.REPLACEMENT:
        return f"{_replacement(incident, copy)}；{until}交到图书室。"
    if settlement is Settlement.REPAIR:
        return f"{until}把书送到图书室修补。"
    return f"应赔：{reckoning_words(incident)}。{_paid(incident)}{until}交到图书室，收好收据。"


def _choices(material: SourceMaterial, incident: OpenIncident, copy: AccessionRow | None) -> str:
    """What the reader may choose, each with what it takes."""
    mended = "能修补的，把书送来修补；不能修补的，" if incident.row.incident is Incident.DAMAGED else ""
    ways = f"{_replacement(incident, copy)}；赔款{reckoning_words(incident)}"
    return f"{mended}赔书、赔款选一种：{ways}。{_return_by(material)}以前交到图书室。"


def _replacement(incident: OpenIncident, copy: AccessionRow | None) -> str:
    fee = f"，另交加工费{say(incident.reckoning.fee)}" if incident.reckoning.fee else ""
    return f"赔书要买{_edition(incident, copy)}{fee}"


def _edition(incident: OpenIncident, copy: AccessionRow | None) -> str:
    """Which edition a replacement has to be."""
    title = f"《{incident.row.title or (copy.title if copy else '')}》"
    if copy is None:
        return f"同一版的{title}"
    edition = copy.edition and (f"第{copy.edition}版" if copy.edition.isdigit() else copy.edition)
    parts = (copy.author, copy.publisher, edition, copy.isbn and f"ISBN {copy.isbn}")
    said = "，".join(part for part in parts if part)
    same = f"{title}（{said}）" if said else f"同一版的{title}"
    return f"{same}，全套" if incident.reckoning.is_whole_set else same


def _paid(incident: OpenIncident) -> str:
    """What has been paid already."""
    return f"已交{say(incident.paid)}，还应交{say(incident.outstanding)}。" if incident.paid else ""


def notice_notes(material: SourceMaterial) -> Iterator[str]:
    """What no notice could be written for, and what could not be worked out."""
    yield from missing_figures(material)
    late = material.quotas.overdue
    if unknown := sum(not overdue.is_teacher and not overdue.class_name for overdue in late):
        yield f"有{unknown}册逾期图书不知道是哪个班的，没有催还单，名字在借阅定额.xlsx里。"
    yield from _classes_behind(material)
    for incident in filter(_is_paid_up, material.quotas.incidents):
        number = incident.row.incident_no
        yield f"{number}已交{say(incident.paid)}，应赔的交齐了，没有写赔偿通知；在赔偿登记账里填上结清日期。"
    if undecided := [one.row.incident_no for one in material.quotas.incidents if one.is_undecided]:
        yield f"{'、'.join(undecided)}的处理方式空着，赔偿通知里写了可以选的办法；选定了，在赔偿登记账里填上处理方式。"
    yield from _sets_asked_twice(material)
    if teachers := sum(overdue.is_teacher for overdue in late):
        yield f"教师逾期{teachers}册，没有催还单，当面提醒就可以。"


def _sets_asked_twice(material: SourceMaterial) -> Iterator[str]:
    """Volumes of one set of which a reader is asked for the whole set's price more than once."""
    asked: dict[tuple[str, str | None], list[OpenIncident]] = {}
    for incident in material.quotas.incidents:
        copy = material.library.copies.get(incident.row.accession_no)
        if copy and incident.reckoning.is_whole_set:
            asked.setdefault((incident.row.reader_no, set_title(copy)), []).append(incident)
    for (_, title), several in asked.items():
        if len(several) > 1:
            numbers = "、".join(one.row.incident_no for one in several)
            yield f"{numbers}是同一个人丢的同一套《{title}》，每件都按全套算了；收款以前先定赔几套。"


def _classes_behind(material: SourceMaterial) -> Iterator[str]:
    """Classes behind their mean; where nothing is on record, that alone, for it does not say that nobody borrowed."""
    behind = [quota for quota in material.quotas.classes if quota.obligation.on_track is False]
    if material.quotas.may_be_behind and material.quotas.lacks_loans:
        then = "先补全再写" if material.quotas.unread_loans else "先记借阅登记账"
        yield f"本学期{without_loans(material.quotas)}，谁没有借说不出来，没有写未达标名单；{then}。"
        return
    for quota in behind:
        figures = quota.obligation
        if figures.gap:
            name, target = quota.school_class.name, plain(figures.target)
            yield f"{name}全班人均{figures.mean}册，目标{target}册，还差{figures.gap}册。"
