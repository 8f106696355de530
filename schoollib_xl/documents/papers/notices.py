"""催还单, 未达标名单, 赔偿通知: papers for class teachers and readers; these alone hold names."""

from dataclasses import dataclass
from typing import Annotated

from schoollib_xl.documents.filling.blanks import Blank


@dataclass(frozen=True)
class OverdueLine:
    """One copy that should have come back."""

    reader_no: Annotated[str, Blank("读者证号")]
    name: Annotated[str, Blank("姓名")]
    title: Annotated[str, Blank("书名")]
    accession_no: Annotated[str, Blank("个别登记号")]
    lent_on: Annotated[str, Blank("借出日期")]
    due_on: Annotated[str, Blank("应还日期")]
    days: Annotated[str, Blank("逾期天数")]


@dataclass(frozen=True)
class OverdueNotice:
    """催还单: one class's overdue copies, for the class teacher only."""

    school: Annotated[str, Blank("学校")]
    class_name: Annotated[str, Blank("班级")]
    teacher: Annotated[str, Blank("班主任")]
    cut_off: Annotated[str, Blank("截止日期")]
    count: Annotated[str, Blank("册数")]
    return_by: Annotated[str, Blank("归还期限")]
    loans: Annotated[tuple[OverdueLine, ...], Blank("逾期")]
    signed_by: Annotated[str, Blank("落款单位")]
    signed_on: Annotated[str, Blank("落款日期")]
    remarks: Annotated[str, Blank("备注")] = ""


@dataclass(frozen=True)
class BehindPupil:
    """One pupil who has borrowed less than the target."""

    reader_no: Annotated[str, Blank("读者证号")]
    name: Annotated[str, Blank("姓名")]
    loans: Annotated[str, Blank("已借")]
    gap: Annotated[str, Blank("还差")]


@dataclass(frozen=True)
class BehindNotice:
    """未达标名单: one class's pupils below the target, for the class teacher only."""

    school: Annotated[str, Blank("学校")]
    class_name: Annotated[str, Blank("班级")]
    teacher: Annotated[str, Blank("班主任")]
    cut_off: Annotated[str, Blank("截止日期")]
    target: Annotated[str, Blank("指标")]
    count: Annotated[str, Blank("人数")]
    pupils: Annotated[tuple[BehindPupil, ...], Blank("名单")]
    signed_by: Annotated[str, Blank("落款单位")]
    signed_on: Annotated[str, Blank("落款日期")]
    remarks: Annotated[str, Blank("备注")] = ""


@dataclass(frozen=True)
class CompensationNotice:
    """赔偿通知: what one reader owes for one copy, and why."""

    school: Annotated[str, Blank("学校")]
    number: Annotated[str, Blank("赔偿编号")]
    class_name: Annotated[str, Blank("班级")]
    name: Annotated[str, Blank("姓名")]
    reader_no: Annotated[str, Blank("读者证号")]
    title: Annotated[str, Blank("书名")]
    accession_no: Annotated[str, Blank("个别登记号")]
    price: Annotated[str, Blank("单价")]
    kind: Annotated[str, Blank("情形")]
    settlement: Annotated[str, Blank("处理方式")]
    owed: Annotated[str, Blank("应赔金额")]
    basis: Annotated[str, Blank("依据")]
    registered_on: Annotated[str, Blank("登记日期")]
    signed_by: Annotated[str, Blank("落款单位")]
    signed_on: Annotated[str, Blank("落款日期")]
    remarks: Annotated[str, Blank("备注")] = ""
