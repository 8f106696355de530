"""The buttons of the workbook with macros, and what the macros say themselves."""

from typing import NamedTuple

RIBBON_TAB = "图书室"
DESK_GROUP = "借还台"
# A note of ours begins so; it ends with what the macros need to take it away again.
MARK_BEGINS = "核对："
# What the macros say when Python cannot be asked, by the name of the cell that holds it; VBA source is ASCII.
MACRO_SENTENCES = {
    "say_title": "图书室",
    "say_not_saved": "这个工作簿还没有保存过，先保存到一个文件夹里，再按按钮。",
    "say_in_cloud": "这个工作簿在网盘上，先另存到本机的文件夹里，再按按钮。",
    "say_no_python": "没有找到 Python，账没有动；照 README.zh-CN.md 里“装一次”做一遍，再按按钮。",
    "say_not_allowed": "Python 没能启动，账没有动；多半是杀毒软件或单位的规定拦住了，把原因告诉管电脑的人。原因：",
    "say_no_program": "Python 没有给出回音，账没有动；照 README.zh-CN.md 里“装一次”再装一遍，再按按钮。退出码：",
    "say_no_answer": "等了很久没有回音，账没有动；先确认已照 README.zh-CN.md 装好，关掉再打开工作簿，按钮重按一次。",
    "say_failed": "Excel 没有做完这一步，先退出正在编辑的格子、去掉工作表和工作簿的保护，再按一次。原因：",
    "say_check_first": "还没有核对过，先按“核对账册”。",
    "say_no_findings": "没有要看的格子了。",
    "say_hidden_sheet": "这一处在隐藏的工作表里，先取消隐藏再看：",
    "say_hidden_row": "这一行隐藏着，或者被筛选掉了，取消筛选就能看到：",
    "say_protected": "这些工作表有保护，里面的颜色和批注没有动，去掉保护再按一次：",
    "say_mark_begins": MARK_BEGINS,
    "say_mark_ends": "\n清除标记用：",
    "say_ask_reader": "读者证号：",
    "say_ask_day": "文书写哪一天的（数也算到这一天）：",
}


class Button(NamedTuple):
    """A button: the macro it runs, its caption, what it does, and its picture in the ribbon (one of Office's own)."""

    macro: str
    caption: str
    tip: str
    image: str


BUTTONS = (
    Button("CheckLedgers", "核对账册", "核对七本账，问题列在“核对结果”里，格子上了颜色", "DataValidation"),
    Button("NextFinding", "跳到下一处", "跳到下一个有问题的格子，说明在窗口左下角", "GoToNextRecord"),
    Button("ClearMarks", "清除标记", "去掉颜色和批注，格子原来的颜色还回来", "ClearFormats"),
    Button("Quotas", "借阅定额", "算各班该借多少、还差多少，写成“借阅定额.xlsx”", "TableOfFiguresInsert"),
    Button("AskReader", "查读者", "看这位读者还能借几册、照哪一条规则；选中证号再按，就不用输入", "FindDialog"),
    Button("WritePlan", "工作计划", "写本学期的工作计划", "FileNew"),
    Button("WriteSummary", "工作总结", "写本学期的工作总结", "ReviewTrackChanges"),
    Button(
        "WriteNotices",
        "通知单",
        "写催还单、未达标名单、赔偿通知、清点报告、注销清册和迎检封面",
        "MailMergeStartLetters",
    ),
    Button("RotationTable", "轮流表", "按开放时间排一张借阅轮流表", "CalendarInsert"),
    Button("About", "关于", "版本，以及怎样连着这个工作簿", "Info"),
)
DESK_BUTTONS = (
    Button("DeskAsk", "查一查", "能不能借、照哪一条规则（Ctrl+Shift+Q）", "FindDialog"),
    Button("DeskConfirm", "确认", "记到账上（Ctrl+Shift+W）", "AcceptInvitation"),
    Button("DeskUndo", "撤销上一笔", "把借还台记的上一笔退回去（Ctrl+Shift+Z）", "Undo"),
    Button("DeskTakeOver", "抄流水", "把网页借还台记的、还没有抄的，抄进借阅登记账", "PasteValues"),
)
