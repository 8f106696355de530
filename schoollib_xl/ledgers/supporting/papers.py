"""计划文字, 句式: what the papers say in words."""

from typing import Annotated, NamedTuple

from schoollib_xl.ledgers.schema import Group, LedgerColumn, sheet
from schoollib_xl.ledgers.school import TermName
from schoollib_xl.ledgers.supporting.vocabulary import PaperKind

_SECTION_HELP = (
    "如 指导思想；正文＝不写标题，结尾＝最后的话，主要措施／藏书＝两级标题，【工作安排】＝标题不编号；"
    "和现成的章节同名就用这里的"
)
_TEXT_HELP = (
    "（1）开头是小条，注：开头是附注；{工作安排} 换成逐月安排，{藏书册数} 这样的名称换成数；"
    "只写“不写”两个字，这一章就略去"
)
_CONDITIONS = (
    "总是、不写、学期将满、学期未满、达到目标、未达目标、比上学期增加、比上学期减少、比上学期持平、全部班级达标、部分班级达标、没有班级达标、一个班达标、一个班未达标、"
    "有落后班级、逾期率合格、逾期率超标、有逾期、没有逾期、没有借书记录、全部指标完成、有指标未完成、指标都没完成、安排全部完成、安排有未完成、安排都没完成、"
    "有入藏、有注销、藏书有增减、藏书没有增减、账册相符、账册有差异、七本账没有记录、"
    "有差异说明、有未核对、账物相符、账物不符、没有清点、有未结清赔偿、赔偿全部结清"
)
_PATTERN_HELP = (
    "花括号里写名称，如 {借出册次}、{人均借书}、{开放天数}、{藏书册数}、{入藏册数}、{逾期册数}；"
    "数不知道，这一句就不写；名称写错了，会提示相近的"
)


@sheet("计划文字", key="section", purpose="计划和总结里要写的话，一段一行，照表里的先后，可改可删")
class ParagraphRow(NamedTuple):
    """A paragraph of the plan or the summary, in the librarian's own words."""

    line: int
    paper: Annotated[PaperKind, LedgerColumn("文件", "计划或总结", PaperKind.PLAN, 8)]
    term: Annotated[TermName | None, LedgerColumn("学期", "第一学期或第二学期；空着就是基本信息里的本学期", None, 10)]
    section: Annotated[str, LedgerColumn("章节", _SECTION_HELP, "指导思想", 16)]
    order: Annotated[int | None, LedgerColumn("序号", "要编成 1．2． 的条目填，一般段落空着", 1, 8)]
    text: Annotated[str, LedgerColumn("内容", _TEXT_HELP, "以立德树人为根本，为师生读书服务。", 80)]


@sheet("句式", group=Group.OPTIONAL, key="section", purpose="总结里按数字选用的句子；哪一段没有写，就用现成的句子")
class SentenceRow(NamedTuple):
    """A sentence pattern, used where its condition holds and all its facts exist."""

    line: int
    section: Annotated[str, LedgerColumn("段", "总结的哪一段，如 借阅统计、各班情况、逾期情况", "借阅统计", 16)]
    order: Annotated[int, LedgerColumn("序", "同一段里的先后", 1, 8)]
    condition: Annotated[str, LedgerColumn("条件", _CONDITIONS, "总是", 16)]
    pattern: Annotated[str, LedgerColumn("句式", _PATTERN_HELP, "本学期共借出图书{借出册次}册次。", 80)]
