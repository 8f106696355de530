"""What stands in the templates of the plan and the summary."""

from schoollib_xl.documents.filling.blanks import ChartData, Series
from schoollib_xl.documents.templates.chart_drawing import ChartDesign
from schoollib_xl.documents.templates.pages import Block, Column, Table, Text
from schoollib_xl.documents.templates.styles import BODY, CLOSING, END_NOTE, HEADING, SIGNED_BY, SIGNED_ON, SUBHEADING

_LEFT = "表格左齐"
_SIGNATURE: tuple[Block, ...] = (
    Text(BODY),
    Text(SIGNED_BY, "{{落款单位}}"),
    Text(SIGNED_ON, "{{落款日期}}"),
)
_CLASSES = ("一（1）班", "一（2）班", "二（1）班", "二（2）班")
_CLASS_CHART = ChartDesign(
    "各班借阅与指标",
    ChartData(_CLASSES, (Series("人均借书（册）", (3.2, 2.8, 4.1, 3.6)), Series("指标（册）", (3.0, 3.0, 3.5, 3.5)))),
    line_last=True,
)
_MONTH_CHART = ChartDesign(
    "各月借阅", ChartData(("9月", "10月", "11月"), (Series("借书（册）", (320.0, 410.0, 388.0)),))
)
_HOLDINGS_CHART = ChartDesign(
    "各类藏书与标准",
    ChartData(
        ("哲学", "社会科学", "自然科学", "综合性图书"),
        (Series("实有（%）", (1.2, 62.0, 30.1, 6.7)), Series("标准（%）", (1.5, 64.0, 28.0, 6.5))),
    ),
)


def _title(paper: str) -> tuple[Block, ...]:
    """Break the title by its sense: the school, then the paper; the term stands below."""
    return Text("Title", f"{{{{学校}}}}\n{paper}"), Text("Subtitle", "（{{学年}}学年度{{学期}}）")


def _loans(list_name: str, caption: str, first: str) -> Table:
    return Table(
        caption,
        (
            Column(first, f"{{{{{list_name}.名称}}}}", 2.5),
            Column("学生人数", f"{{{{{list_name}.人数}}}}", 2),
            Column("借书册数", f"{{{{{list_name}.册数}}}}", 2),
            Column("人均（册）", f"{{{{{list_name}.人均}}}}", 2.5),
            Column("指标（册）", f"{{{{{list_name}.目标}}}}", 2.5),
            Column("达标人数", f"{{{{{list_name}.达标人数}}}}", 2),
            Column("未借人数", f"{{{{{list_name}.未借人数}}}}", 2),
        ),
    )


PLAN: tuple[Block, ...] = (
    *_title("图书室工作计划"),
    Text(BODY, "{{正文.内容}}"),
    Text(HEADING, "逐月工作安排"),
    Table(
        "逐月工作安排表",
        (
            Column("月份", "{{安排.月份}}", 1.5),
            Column("周次", "{{安排.周次}}", 2.9),
            Column("工作内容", "{{序号}}．{{安排.事项}}", 8.2, _LEFT),
            Column("负责人", "{{安排.负责人}}", 3),
        ),
    ),
    Text(HEADING, "任务指标"),
    Table(
        "任务指标表",
        (
            Column("序号", "{{序号}}", 1.2),
            Column("指标", "{{指标.名称}}", 3.6, _LEFT),
            Column("适用年级", "{{指标.年级}}", 2.5),
            Column("目标", "{{指标.目标}}", 2.1),
            Column("依据", "{{指标.依据}}", 4.1, _LEFT),
            Column("责任人", "{{指标.责任人}}", 2.5),
        ),
    ),
    Text(HEADING, "开放时间"),
    Table(
        "图书室开放时间表",
        (
            Column("对象", "{{开放.对象}}", 2),
            Column("星期", "{{开放.星期}}", 4),
            Column("时间", "{{开放.时间}}", 4),
            Column("备注", "{{开放.备注}}", 3),
        ),
    ),
    Text(HEADING, "借阅轮流"),
    Table(
        "借阅轮流表",
        (
            Column("星期", "{{轮流.星期}}", 2),
            Column("时间", "{{轮流.时间}}", 3),
            Column("班级", "{{轮流.班级}}", 6, _LEFT),
            Column("周次", "{{轮流.周次}}", 2),
            Column("方式", "{{轮流.方式}}", 2),
        ),
    ),
    Text(CLOSING, "{{结尾.内容}}"),
    *_SIGNATURE,
)

SUMMARY: tuple[Block, ...] = (
    *_title("图书室工作总结"),
    Text(BODY, "{{开头.内容}}"),
    Text(HEADING, "基本情况"),
    Text(BODY, "{{基本情况.内容}}"),
    Text(HEADING, "主要工作及成效"),
    Text(BODY, "{{工作成效.内容}}"),
    Table(
        "任务指标完成情况",
        (
            Column("序号", "{{序号}}", 1.2),
            Column("指标", "{{指标.名称}}", 4, _LEFT),
            Column("适用年级", "{{指标.年级}}", 2.2),
            Column("目标", "{{指标.目标}}", 2.2),
            Column("完成", "{{指标.完成}}", 2.2),
            Column("结果", "{{指标.结果}}", 2.2),
        ),
    ),
    Text(HEADING, "借阅统计"),
    Text(BODY, "{{借阅统计.内容}}"),
    _CLASS_CHART,
    _loans("班级", "各班借阅情况", "班级"),
    _loans("年级", "各年级借阅情况", "年级"),
    _MONTH_CHART,
    Text(HEADING, "藏书变动和经费"),
    Text(SUBHEADING, "藏书变动"),
    Text(BODY, "{{藏书变动.内容}}"),
    Table(
        "藏书增减情况",
        (
            Column("类别", "{{藏书.类别}}", 4, _LEFT),
            Column("期初册数", "{{藏书.期初}}", 2),
            Column("增加册数", "{{藏书.增加}}", 2),
            Column("减少册数", "{{藏书.减少}}", 2),
            Column("期末册数", "{{藏书.期末}}", 2),
            Column("期末金额（元）", "{{藏书.金额}}", 3.3),
        ),
    ),
    _HOLDINGS_CHART,
    Text(SUBHEADING, "经费"),
    Text(BODY, "{{经费情况.内容}}"),
    Table(
        "经费收支情况",
        (
            Column("项目", "{{经费.项目}}", 5, _LEFT),
            Column("收入（元）", "{{经费.收入}}", 3),
            Column("支出（元）", "{{经费.支出}}", 3),
            Column("备注", "{{经费.备注}}", 4),
        ),
    ),
    Text(HEADING, "账册核对"),
    Text(BODY, "{{账册核对.内容}}"),
    Table(
        "账册核对情况",
        (
            Column("账册", "{{账册.名称}}", 4),
            Column("记录（行）", "{{账册.行数}}", 2.5),
            Column("错误（处）", "{{账册.错误}}", 2.5),
            Column("存疑（处）", "{{账册.存疑}}", 2.5),
            Column("已说明（处）", "{{账册.已说明}}", 3),
        ),
    ),
    Text(HEADING, "清点"),
    Text(BODY, "{{清点.内容}}"),
    Text(HEADING, "读书活动"),
    Text(BODY, "{{读书活动.内容}}"),
    Table(
        "读书活动完成情况",
        (
            Column("类别", "{{活动.类别}}", 3, _LEFT),
            Column("计划", "{{活动.计划}}", 2),
            Column("完成", "{{活动.完成}}", 2),
            Column("依据", "{{活动.依据}}", 7, _LEFT),
        ),
    ),
    Text(HEADING, "存在问题"),
    Text(BODY, "{{存在问题.内容}}"),
    Text(HEADING, "今后打算"),
    Text(BODY, "{{今后打算.内容}}"),
    Text(CLOSING, "{{结尾.内容}}"),
    Text(END_NOTE, "注：本总结的数据截至{{截止日期}}。"),
    *_SIGNATURE,
)
