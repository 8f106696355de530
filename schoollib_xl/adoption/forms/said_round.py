"""What stands over a list, or below it, and is said of every line: the day its books came, went or were lent, whence
they came, who approved it, who teaches its class; and whose list it is.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from schoollib_xl.adoption.forms.kinds import BOOKS, LOANS, READERS, WITHDRAWALS
from schoollib_xl.adoption.forms.personal_texts import is_name
from schoollib_xl.adoption.forms.tables import CLOSING, FoundTable
from schoollib_xl.adoption.forms.words import source_in
from schoollib_xl.sheets.reading.dates import in_arabic, typed_moment

# When the books of a list came in, as a line over it says; 打印时间 says nothing of them.
DAY = r"\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}"
_AT = rf"(?:日期|时间)[:：]?\s*\|?\s*({DAY}|\d{{8}})"
_CAME_IN = re.compile(
    "(?:入库|入藏|入账|登记|购入|购进|购买|购书|购置|进书|进货|到书|到货|发货|收货|供货|送货|验收|捐赠|捐书|赠书|受赠|接收|配发|配送|送达|收书)"
    + _AT
)
# The day of a delivery note is that of what came with it.
_NOTE = re.compile("(?:送货|发货|到货|收货|供货|配送|入库|验收)(?:清?单|通知单|登记单)")
_OF_THE_NOTE = re.compile("(?<![\u4e00-\u9fff])" + _AT)
# When those of a list of withdrawals went, over it or below.
_WENT = re.compile("(?:注销|剔除|剔旧|报废|报损|下账|销账|核销|淘汰|批准|审批)" + _AT)
# The day of the paper itself, below its text or over the list: the end of a sentence, of a line, of a signature.
_SIGNED = re.compile(rf"(?:^|[\s。；;()（）校室馆会]|(?:^|\s)(?:日期|时间)[:：])({DAY}\s*日?)(?=\s|$|[。）)])")
_ALONE = re.compile(rf"(?<![\d—~至到-])({DAY})(?!\d)(?!\s*[日号]?\s*[-—~至到])")
# Whence the books of a list came, as a line over it says: 来源：县教育局配发.
_SOURCE = re.compile(r"来源\s*[:：]\s*\|?\s*([^\s|，,。；;]+)")
_LENT = re.compile("(?:借书|借阅|借出|外借|领书|领取|领用)" + _AT)
# The day of these is none of the paper's: somebody looked, or a term began.
OF_THE_PRINT = re.compile("打印|导出|截至|截止|制表|填表|统计时间|统计日期")
# The day of these is one on which somebody looked what is out, or on which a book was begun; not that of the loans.
_OF_A_STATE = re.compile("[未没]有?[归交]?还|逾期|超期|催|欠|在借|在外|整理|统计|汇总|清理|盘点|移交|启用|起")
_APPROVED = re.compile(r"(?:批准|审批)人?\s*[:：]\s*([\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])")
_APPROVAL_NO = re.compile(r"文号\s*[:：]\s*\|?\s*([^\s|，,。；;]+号)")
# 同意注销。校长：高志远.
_AGREED = re.compile(
    r"(?:同意|准予|批准)(?:[注核]销|报废|剔除|下账|处理)?[\s|。.,，；;:：]*(?:校长|负责人|主管领导)\s*[:：]\s*([\u4e00-\u9fff]{2,4})"
    r"(?![\u4e00-\u9fff])"
)
# 经校长高志远批准, 经高志远校长同意.
_APPROVED_BY = re.compile(
    r"经(?:校长|主任)?\s*([\u4e00-\u9fff]{2,3}?)(?:校长|主任|书记)?(?:审核|研究)?(?:批准|同意|审批)"
)
# 班主任：刘芳, 林老师 over the list of a class.
_CLASS_TEACHER = re.compile(r"班主任\s*[:：|]?\s*([\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])")
_PLACE = re.compile(
    r"(?:第?[\dA-Za-z一二三四五六七八九十]{1,3}(?:号|排)?(?:书?柜|书?架|柜子)|[一-九\d]楼\S{0,4}[柜架])"
    r"(?:第?[\d一二三四五六七八九十]{1,2}[层排格])?(?:[(（][^)）]*[)）])?"
)
# A school and what its list is of: a class, a school year, books, people.
_SCHOOL = re.compile(
    r"(?:20\d\d[-—至\d]*(?:学年度?|年?[春秋]季?|年))?([\u4e00-\u9fff]{2,18}(?:小学|中学|学校|教学点|完小|中心校))(?!生)"
    r"(?:(?:[一二三四五六1-6(（]|20\d\d|图书|藏书|书目|书籍|学生|教师|师生|读者|借|各?班|花?名[册单]).*)?"
)
_NOT_ITS_OWN = re.compile(
    r"[捐赠向致与和及各]|调拨|移交|配[发备]|全[国省县市镇乡]|[省县市]属|中小学|农村|推荐|公司|书店|供"
)


def day_over(heading: str) -> date | None:
    """The day on which the books of a list came in, where one is written over it: 入库日期：2016年11月4日; over a
    送货单 日期 alone says so.
    """
    return _only_day(_CAME_IN, heading) or (_only_day(_OF_THE_NOTE, heading) if _NOTE.search(heading) else None)


def day_of_going(said: str) -> date | None:
    """The day on which the books of a list were written off, where what stands round it says one."""
    return _only_day(_WENT, said)


def _day_of_paper(said: str) -> date | None:
    """The day of the paper on which books were written off, where it names no day of their going and no other."""
    return None if _WENT.search(said) or OF_THE_PRINT.search(said) else _only_day(_SIGNED, said)


def day_of_lending(heading: str) -> date | None:
    """The day on which the books of a list were lent, where one is written over it: 借书日期：2025年9月10日."""
    return _only_day(_LENT, heading)


def _day_of_list(said: str) -> date | None:
    """The one day that the title of a register or the name of its file says: 三（1）班借书2025.9.8."""
    is_another = OF_THE_PRINT.search(said) or _OF_A_STATE.search(said)
    return None if is_another else _only_day(_ALONE, said)


def approver_in(said: str) -> str | None:
    """Who approved a list, where what stands round it names one person."""
    in_words = [*_AGREED.findall(said), *_APPROVED_BY.findall(said)]
    names = {*_APPROVED.findall(said), *filter(is_name, in_words)}
    return names.pop() if len(names) == 1 else None


def _only_day(form: re.Pattern[str], said: str) -> date | None:
    days = {typed_moment("".join(text.split())) for text in form.findall(in_arabic(said))}
    moment = days.pop() if len(days) == 1 else None
    return moment.day if moment else None


def schools_over(table: FoundTable) -> Iterator[str]:
    """The schools whose list it is, by what stands over it, by the name of its file or by a column that says but that:
    桃溪村小学图书目录. Who gave the books is none of them.
    """
    columns = (table.lines[0].said(at) for at in table.of_school if table.lines)
    for part in [*table.heading.split(), table.file.rpartition(".")[0], *columns]:
        match = _SCHOOL.fullmatch(part)
        if match and not _NOT_ITS_OWN.search(part):
            yield match[1]


def place_over(heading: str) -> str | None:
    """The place of the books of a list, where a title of it is that: 第1柜, 二号书架第3层."""
    places = set(filter(_PLACE.fullmatch, heading.split()))
    return places.pop() if len(places) == 1 else None


def told_round(table: FoundTable) -> Iterator[tuple[str, Any]]:
    """The field and the value of what stands over a list, or below it, and is said of every line."""
    if table.kind is BOOKS:
        yield "accessioned_on", day_over(table.heading)
        # A line of a place among the books says that those below it stand elsewhere.
        is_of_all = not any(place_over(line.alone) for line in table.lines)
        yield "location", place_over(table.heading) if is_of_all else None
        sources = set(map(source_in, _SOURCE.findall(table.heading)))
        yield "source", sources.pop() if len(sources) == 1 else None
    elif table.kind is READERS and table.class_over:
        teachers = set(_CLASS_TEACHER.findall(table.heading))
        yield "teacher", teachers.pop() if len(teachers) == 1 else None
    elif table.kind is LOANS:
        told = day_of_lending(table.heading)
        yield "lent_on", told or (None if "lent_on" in table.columns else _day_of_list(f"{table.heading} {table.file}"))
    elif table.kind is WITHDRAWALS:
        below = (one.line.text for one in table.non_entries if one.reason == CLOSING)
        said = " ".join([table.heading, *below])
        yield "withdrawn_on", day_of_going(said) or _day_of_paper(said)
        yield "approved_by", approver_in(said)
        numbers = set(_APPROVAL_NO.findall(said))
        yield "approval_no", numbers.pop() if len(numbers) == 1 else None
