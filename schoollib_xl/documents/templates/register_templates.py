"""What stands in the templates of 清点报告, 注销清册 and 迎检封面."""

from schoollib_xl.documents.templates.pages import Block, Column, Table, Text
from schoollib_xl.documents.templates.styles import BODY, CLOSING, END_NOTE, HEADING, NOTE, SIGNED_BY, SIGNED_ON

_LEFT = "表格左齐"
_SIGNATURE: tuple[Block, ...] = (
    Text(BODY),
    Text(SIGNED_BY, "{{落款单位}}"),
    Text(SIGNED_ON, "{{落款日期}}"),
)


def _copies(list_name: str, caption: str) -> Table:
    return Table(
        caption,
        (
            Column("序号", "{{序号}}", 1.3),
            Column("个别登记号", f"{{{{{list_name}.个别登记号}}}}", 2.7),
            Column("书名", f"{{{{{list_name}.书名}}}}", 4.1, _LEFT),
            Column("分类号", f"{{{{{list_name}.分类号}}}}", 1.9),
            Column("单价（元）", f"{{{{{list_name}.单价}}}}", 2.7),
            Column("馆藏地", f"{{{{{list_name}.馆藏地}}}}", 1.9),
            Column("说明", f"{{{{{list_name}.说明}}}}", 2.8, _LEFT),
        ),
    )


STOCKTAKE: tuple[Block, ...] = (
    Text("Title", "{{学校}}\n图书清点报告"),
    Text("Subtitle", "（{{盘点日期}}）"),
    Text(BODY, "{{正文.内容}}"),
    Text(HEADING, "清点结果"),
    Table(
        "清点结果表",
        (
            Column("项目", "{{清点.项目}}", 4, _LEFT),
            Column("册数", "{{清点.册数}}", 2),
            Column("金额（元）", "{{清点.金额}}", 3),
            Column("说明", "{{清点.说明}}", 5, _LEFT),
        ),
    ),
    Text(HEADING, "盘亏"),
    _copies("盘亏", "盘亏图书清单"),
    Text(HEADING, "盘盈"),
    _copies("盘盈", "盘盈图书清单"),
    Text(HEADING, "错架"),
    _copies("错架", "错架图书清单"),
    Text(HEADING, "破损"),
    _copies("破损", "破损图书清单"),
    Text(CLOSING, "{{结尾.内容}}"),
    Text(END_NOTE, "注：在借情况截至{{截止日期}}。"),
    Text(BODY),
    Text("顶格", "校长（签字）：　　　　　　　清点人（签字）："),
    *_SIGNATURE,
)

WITHDRAWALS: tuple[Block, ...] = (
    Text("Title", "{{学校}}\n图书注销清册"),
    Text("Subtitle", "（注销批号：{{注销批号}}）"),
    Text(
        BODY,
        "经清查，下列图书共{{合计册数}}册、{{合计金额}}元，于{{注销日期}}注销，按原因汇总如下，逐册列后。",
    ),
    Text(BODY, "{{批准文号}}"),
    Table(
        "注销图书汇总",
        (
            Column("注销原因", "{{汇总.注销原因}}", 4),
            Column("册数", "{{汇总.册数}}", 3),
            Column("金额（元）", "{{汇总.金额}}", 4),
        ),
        ("合计", "{{合计册数}}", "{{合计金额}}"),
    ),
    Table(
        "注销图书清单",
        (
            Column("序号", "{{序号}}", 1.3),
            Column("个别登记号", "{{注销.个别登记号}}", 2.7),
            Column("书名", "{{注销.书名}}", 4.1, _LEFT),
            Column("分类号", "{{注销.分类号}}", 1.9),
            Column("单价（元）", "{{注销.单价}}", 2.7),
            Column("注销原因", "{{注销.注销原因}}", 2.3),
            Column("处理方式", "{{注销.处理方式}}", 2.3),
        ),
        ("", "合计", "{{合计册数}}册", "", "{{合计金额}}", "", ""),
    ),
    Text(BODY),
    Text("顶格", "批准人（签字）：　　　　　　　经手人（签字）："),
    *_SIGNATURE,
)

COVER: tuple[Block, ...] = (
    Text("封面标题", "{{学校}}\n图书室账册"),
    Text("封面文字", "{{学年}}学年度"),
    Text("封面文字", "校长：{{校长}}　　图书管理员：{{图书管理员}}"),
    Text("封面文字", "数据截至{{截止日期}}"),
    Table(
        "账册一览",
        (
            Column("序号", "{{序号}}", 1.3),
            Column("账册", "{{账册.名称}}", 2.8),
            Column("记录", "{{账册.行数}}", 1.7),
            Column("主要数据", "{{账册.数据}}", 7, _LEFT),
            Column("错误", "{{账册.错误}}", 1.3),
            Column("存疑", "{{账册.存疑}}", 1.3),
            Column("核对结果", "{{账册.结果}}", 2.3),
        ),
    ),
    Text(BODY, "{{结论}}"),
    Text(NOTE, "{{未核对}}"),
    Text(BODY),
    Text(SIGNED_ON, "{{落款日期}}"),
)
