"""计划文字, 句式: what the papers say in words."""

from typing import Annotated, NamedTuple

from schoollib_xl.ledgers.schema import Column, Group, sheet
from schoollib_xl.ledgers.vocabulary import PaperKind


@sheet("计划文字", key="section", purpose="计划和总结里要写的话，一段一行，可改可删")
class ParagraphRow(NamedTuple):
    """A paragraph of the plan or the summary, in the librarian's own words."""

    line: int
    paper: Annotated[PaperKind, Column("文件", "计划或总结", PaperKind.PLAN, 8)]
    section: Annotated[str, Column("章节", "如 指导思想", "指导思想", 16)]
    order: Annotated[int | None, Column("序号", "", 1, 8)]
    text: Annotated[str, Column("内容", "", "以立德树人为根本，为师生读书服务。", 80)]


@sheet("句式", group=Group.OPTIONAL, key="section", purpose="总结里按数字选用的句子；条件只能用说明里列出的")
class SentenceRow(NamedTuple):
    """A sentence pattern, used where its condition holds and all its facts exist."""

    line: int
    section: Annotated[str, Column("段", "", "借阅统计", 16)]
    order: Annotated[int, Column("序", "", 1, 8)]
    condition: Annotated[str, Column("条件", "", "总是", 16)]
    pattern: Annotated[str, Column("句式", "", "本学期共借出图书{借出册次}册次。", 80)]
