"""What stands in the templates of 催还单, 未达标名单 and 赔偿通知."""

from schoollib_xl.documents.templates.pages import Block, Column, Form, Table, Text
from schoollib_xl.documents.templates.styles import BODY, NOTE, SIGNED_BY, SIGNED_ON

_LEFT = "表格左齐"
# Names of pupils go to their class teacher and nobody else (个人信息保护法 第二十八条: under 14 is sensitive).
_FOR_TEACHER = Text("标记", "仅供班主任")
_SIGNATURE: tuple[Block, ...] = (
    Text(BODY),
    Text(SIGNED_BY, "{{落款单位}}"),
    Text(SIGNED_ON, "{{落款日期}}"),
)

OVERDUE: tuple[Block, ...] = (
    _FOR_TEACHER,
    Text("Title", "{{学校}}\n图书催还单"),
    Text("Subtitle", "{{班级}}"),
    Text("顶格", "{{班主任}}老师："),
    Text(
        BODY,
        "截至{{截止日期}}，贵班共有{{册数}}册图书逾期未还（见下表）。望提醒学生在{{归还期限}}以前归还；"
        "已经遗失或损坏的，到图书室办理赔偿。",
    ),
    Text(NOTE, "{{备注}}"),
    Table(
        "逾期未还图书",
        (
            Column("序号", "{{序号}}", 1.6),
            Column("姓名", "{{逾期.姓名}}", 2),
            Column("书名", "{{逾期.书名}}", 3.4, _LEFT),
            Column("个别登记号", "{{逾期.个别登记号}}", 3.1),
            Column("借出日期", "{{逾期.借出日期}}", 4.8),
            Column("应还日期", "{{逾期.应还日期}}", 4.8),
            Column("天数", "{{逾期.逾期天数}}", 2),
        ),
    ),
    *_SIGNATURE,
)

BEHIND: tuple[Block, ...] = (
    _FOR_TEACHER,
    Text("Title", "{{学校}}\n借阅未达标名单"),
    Text("Subtitle", "{{班级}}"),
    Text("顶格", "{{班主任}}老师："),
    Text(
        BODY,
        "本学期的借阅指标是{{指标}}。截至{{截止日期}}，贵班还有{{人数}}名学生没有达到（见下表），"
        "望提醒他们多借书、多读书。",
    ),
    Text(NOTE, "{{备注}}"),
    Table(
        "未达标学生",
        (
            Column("序号", "{{序号}}", 1.5),
            Column("姓名", "{{名单.姓名}}", 3),
            Column("读者证号", "{{名单.读者证号}}", 3),
            Column("已借（册）", "{{名单.已借}}", 2.5),
            Column("还差（册）", "{{名单.还差}}", 2.5),
        ),
    ),
    *_SIGNATURE,
)

COMPENSATION: tuple[Block, ...] = (
    Text("Title", "{{学校}}\n图书赔偿通知"),
    Text("Subtitle", "（编号：{{赔偿编号}}）"),
    Text("顶格", "{{班级}}{{姓名}}："),
    Text(BODY, "所借图书《{{书名}}》已在{{登记日期}}登记为{{情形}}，按下列规定办理赔偿。"),
    Form(
        (
            ("读者证号", "{{读者证号}}", "个别登记号", "{{个别登记号}}"),
            ("单价（元）", "{{单价}}", "处理方式", "{{处理方式}}"),
            ("应赔金额（元）", "{{应赔金额}}", "依据", "{{依据}}"),
        )
    ),
    Text(NOTE, "{{备注}}"),
    *_SIGNATURE,
)
