"""What could not be worked out, in words, with the cells that stand in the way."""

from schoollib_xl.ledgers.library import Library
from schoollib_xl.quotas.basis.shortfall import NotComputed, Obstacle
from schoollib_xl.wording.places import address
from schoollib_xl.wording.zh import listed, say

# What is missing, and why: name and last are what it is about, where the cells to look at.
_NOT_COMPUTED = {
    Obstacle.NO_TERM: ("借书数和进度", "学期开始、学期结束没有写全，或者写颠倒了（{where}）。"),
    Obstacle.NO_SHEET: ("要从“{name}”算的数", "没有“{name}”这张表。"),
    Obstacle.SHEET_UNREAD: ("要从“{name}”算的数", "“{name}”像是还有“{last}”，没有读，里面的行没有算进去。"),
    Obstacle.CALENDAR_SHORT: ("进度和能不能完成", "校历没有写全这个学期，{name}到 {last}有缺的日子（{where}）。"),
    Obstacle.TERM_TOO_SHORT: (
        "进度和能不能完成",
        "校历从 {name}到 {last}还在上课，不在学期开始和学期结束之间（{where}）。",
    ),
    Obstacle.NO_OPEN_DAYS: ("进度和能不能完成", "按校历和开放时间，这个学期没有一天对学生开放。"),
    Obstacle.CLASS_UNREADABLE: ("{name}的生均", "班级表里这一格空着或读不出（{where}），全校的生均也没有算这个班。"),
    Obstacle.CLASS_WITHOUT_PUPILS: ("{name}的生均", "学生人数是 0（{where}）。"),
    Obstacle.CLASS_SAID_EMPTY: (
        "{name}的生均",
        "学生人数填的是 0，却有学生借书或者有证（{where}），全校的生均也没有算这个班。",
    ),
    Obstacle.CLASS_UNKNOWN: ("{count} 笔借书属于哪个班", "班级{written}，班级表里没有（{where}），没有算进任何班。"),
    Obstacle.CLASS_OF_TODAY: (
        "{count} 笔借书不照账上的班算",
        "班级写作“{name}”，班级表里没有（{where}），算进了读者现在的“{last}”；写错了就改正，是改了名，写进差异说明。",
    ),
    Obstacle.LOANS_ELSEWHERE: (
        "{name}自己的生均",
        "这个班的学生借的比记在班上的多，有的记在别的班名下（{where}）；改了名的班，班级表里不再留旧名，借阅就算到现在的班。",
    ),
    Obstacle.CLASS_OF_TWO_TARGETS: (
        "{name}各年级自己的指标",
        "指标只管复式班里的一部分年级（{where}），全班照最低的{last}算。",
    ),
    Obstacle.TARGET_UNREADABLE: ("指标“{name}”", "这一格读不出（{where}）。"),
    Obstacle.TARGET_OF_NOTHING: ("指标“{name}”", "目标值没有比 0 大（{where}），填上要达到的数；不用它就删去这一行。"),
    Obstacle.TARGET_SCOPE_UNREADABLE: ("指标“{name}”", "看不出是哪几个年级（{where}），写成 3-6 或 1,2 的样子。"),
    Obstacle.TARGET_SPAN: (
        "指标“{name}”",
        "单位是“{last}”（{where}），没有按这样的时间算；目标值改成一个学期的（每周开放小时改成一周的），单位照着改。",
    ),
    Obstacle.ORDER_BEYOND_TERM: (
        "指标“{name}”",
        "有的报刊一订就不止一个学期（{where}），分不出一个学期的金额；改成一年的目标值，单位改成 元/年。",
    ),
    Obstacle.COLUMN_LACKING: ("要从“{name}”算的数", "“{name}”缺“{last}”栏，里面的行没有算进去。"),
    Obstacle.ROW_UNREADABLE: ("“{name}”读不全的行", "有空着或读不出的格子（{where}），这些行没有算进去。"),
    Obstacle.ROW_BACKWARDS: ("“{name}”写颠倒的行", "结束没有比开始晚（{where}），这些行没有算进去。"),
    Obstacle.SUM_UNREADABLE: ("要从“{name}”算的数", "有空着或读不出的格子（{where}），补全了再写一次。"),
    Obstacle.LOAN_UNREADABLE: ("{count} 笔借书", "有读不出的格子（{where}），没有算进去。"),
    Obstacle.LATENESS_UNREADABLE: (
        "{count} 册是不是逾期",
        "借出、应还、归还有空着或读不出的格子，或者没有归还这一栏（{where}），没有算进逾期，也没有催还。",
    ),
    Obstacle.SETTLEMENT_UNREADABLE: (
        "{count} 件赔偿结清了没有",
        "有空着或读不出的格子，或者没有结清日期这一栏（{where}），没有算进没有结清的，也没有写赔偿通知。",
    ),
    Obstacle.READER_WITHOUT_CLASS: (
        "{count} 名学生是哪个班的",
        "读者名册里班级{written}，班级表里没有（{where}），达标和未借的人数里没有他们。",
    ),
    Obstacle.READER_PERHAPS_GONE: (
        "{name}借满、没借的人数",
        "读者名册比班级表的学生人数多，停用日期读不出，或者没有这一栏（{where}），走了的学生分不出来，名单里没有列。",
    ),
    Obstacle.READER_UNLISTED: (
        "{count} 笔借书是学生还是教师借的",
        "读者证号读者名册里没有（{where}），当作学生借的算；补进读者名册，教师的就不算了。",
    ),
    Obstacle.READER_UNREAD: (
        "{count} 笔借书是学生还是教师借的",
        "读者名册里读不出这些读者证号是谁的（{where}），没有算进去；先把读者名册补全。",
    ),
    Obstacle.MODE_LACKING: (
        "班级图书角和室内阅览的册数",
        "借阅登记账没有“借阅方式”这一栏，每一笔都当作个人借书算。",
    ),
    Obstacle.NO_BOOKS: ("借书指标能不能完成", "还没有书，先不算。"),
    Obstacle.STOCK_UNKNOWN: ("书够不够各班一起借", "个别登记账里还没有读得出的书，能不能完成只按轮次、规则和时间算。"),
    Obstacle.COPIES_UNCLASSIFIED: ("{count} 册未分类", "没有大类（{where}），藏书册数里有，各类的比例里没有。"),
    Obstacle.COPIES_UNPRICED: ("{count} 册未定价", "没有单价（{where}），藏书册数里有，金额里没有。"),
    Obstacle.COPIES_UNNUMBERED: ("{count} 册没有登记号", "个别登记号空着或读不出（{where}），藏书册数里没有，先编号。"),
    Obstacle.STOCKS_DIFFER: (
        "总括登记账上的藏书",
        "总括登记账结存 {last} 册，个别登记账在册 {name} 册，藏书的数照个别登记账算；先查清，再看达标。",
    ),
    Obstacle.STANDARD_OF_PRIMARY: (
        "“{name}”自己的藏书标准",
        "自带的是小学的标准，这里照小学的比（{where}）；有本校的，写进任务指标。",
    ),
    Obstacle.STANDARD_UNKNOWN: ("和“{name}”标准的比较", "没有这个名称的标准（{where}），先和国家标准比。"),
}


def not_computed(library: Library, *lacks: NotComputed) -> tuple[str, str]:
    """What is missing from the figures, and why, with the cells to look at; of several of one kind in one."""
    what, why = _NOT_COMPUTED[lacks[0].obstacle]
    name, last = (listed(list(dict.fromkeys(say(one.about[end]) for one in lacks if one.about))) for end in (0, -1))
    cells = [cell for lack in lacks for cell in lack.cells]
    facts = {
        "name": name,
        "last": last,
        "where": listed([str(address(library, cell)) for cell in cells]),
        "count": len(cells),
        "written": f"写作“{name}”" if name else "空着",
    }
    return what.format_map(facts), why.format_map(facts)
