"""The only ways in which a value may be changed while it is taken over, each by name."""

from typing import Any, NamedTuple


class Transform(NamedTuple):
    """A way of cleaning: its name, and what it does in one sentence."""

    name: str
    does: str


class Step(NamedTuple):
    """One change of one value, as it would be read on paper."""

    transform: Transform
    before: str
    after: str


class Read(NamedTuple):
    """What a cell was read as: the value (None for a blank), how it was changed on the way, and the text that
    could not be read ('' where all of it could).
    """

    value: Any = None
    steps: tuple[Step, ...] = ()
    verbatim: str = ""


BLANKS = Transform("去空白", "去掉前后和重复的空白、换行。")
UNSEEN = Transform("去掉看不见的符号", "混进格子里、看不见也印不出的控制符去掉。")
HALF_WIDTH = Transform("全角改半角", "全角的字母、数字改成半角。")
LEAKED = Transform("去掉漏进来的 nan", "别的程序留下的 nan、None、null、0000-00-00 和 1900-01-01 当作空白。")
SUBFIELDS = Transform("去掉子字段的记号", "去掉 CNMARC 的 $a、$d，几段之间用冒号。")
AUTHOR_APART = Transform(
    "书名和著者分开", "书名后面斜线隔开的著者，和著者一栏一样的，或写明著、编、译、绘的，从书名里分出来。"
)
TITLE_MARKS = Transform("去书名号", "整个书名外面的一对《》去掉。")
NAME_ONLY = Transform("姓名只留姓名", "去掉姓名前面的序号和后面的“同学”“（女）”、*。")
PLAIN_TEXT = Transform("编号改成文本", "存成数的编号改成文本，去掉末尾的 .0。")
IN_GROUPS = Transform("编号去掉中间的空格", "一个号分几段写的（2025 0102），连成一个。")
ZEROS = Transform("补回前面的零", "登记号照位数补足前面的 0。")
YEAR_FROM_PLACE = Transform("补上年份", "只写了月、日的，照标题、表名、文件名或上下文补年份。")
DITTO = Transform("照抄上一行", "〃、同上照上一行同一栏填。")
SIGN_EXPLAINED = Transform("符号换成字", "表上写明了符号、代码是什么意思的（√=已还，2=丢失），照着换成字。")
DATE_BACK = Transform("日期变回编号", "被当成日期的编号变回编号。")
REAL_DATE = Transform("日期改成真日期", "各种写法的日期改成真正的日期。")
SHORT_YEAR = Transform("年份补全", "两位的年份小于 50 算 20 几年，其余算 19 几年；三位的是民国年。")
YEAR_ONLY = Transform("出版日期取年份", "出版日期写到月、日的，只取年份。")
REAL_NUMBER = Transform("文字改成数", "用文字存的数改成数，去掉“册”“本”“元”等单位。")
IN_NUMERALS = Transform("汉字数改成数", "十二、廿五、壹、两本这样的数改成 12、25、1、2。")
PRICE = Transform("价格改成数", "去掉 CNY、RMB、￥、元等，只留金额。")
SAME_PRICE = Transform("重复的价格记一个", "一格里写了几个价、每个都一样的，记一个。")
SETS_APART = Transform("套分成册", "按套记的，照每套册数或书名写的全几册分成一册一册。")
SHARED_PRICE = Transform("套价分到每册", "全套的价钱平均分到每册，除不尽的分记在前面几册，合计不变。")
PAGES = Transform("页数去“页”字", "页数只留数字。")
ISBN_DASHES = Transform("书号去横线", "10 位、13 位书号里的横线、空格和 ISBN 字样去掉。")
CLASS_FORM = Transform("分类号写法统一", "去掉分类号里的空白，第一个字母改成大写，全角符号改成半角。")
CLASS_FROM_HEADING = Transform("分类号照小标题", "没有分类号一栏的，照书上面的小标题记大类，如 I 文学。")
CALL_NO = Transform("索书号拆开", "索书号拆成分类号和书次号。")
RANGE = Transform("号段展开", "写成一段的登记号展开，省写的止号补全。")
WORDING = Transform("用词统一", "意思相同的词改成账册里的词。")
CLASS_NAME = Transform("班级写法统一", "同一个班的不同写法改成一种。")
CLASS_FROM_PLACE = Transform("班级从表名取", "花名册里没有班级一栏的，照工作表名或表头上面的标题填。")
CLASS_FROM_LIST = Transform("班级从另一份名单取", "名单没写班级的，照另一份名单上同一个人的班级填。")
KIND_FROM_PLACE = Transform("读者类别推定", "有班级的算学生；单位、部门或表名写明教师、职工的照写。")
FLOW_FROM_SOURCE = Transform(
    "收支照来源", "总括登记账没写收支的，购入、调拨、捐赠这些来源记作入藏，剔旧、丢失这些去向记作注销。"
)
SAID_ROUND = Transform(
    "照表头上面、表尾写的填",
    "书目没有登记日期、来源、馆藏地的，照书上面写的；借书单没有借出日期的，照表头上面写的；"
    "注销清单没有日期、批准人的，上面下面都看；名册没有班主任的，照标题。",
)
PERIOD_FROM_TITLE = Transform("订期照标题", "报刊清单没写起订、止订日期的，照标题上的年份写全年或半年。")
KIND_BY_FREQUENCY = Transform("类别照刊期", "报刊清单没写类别的，刊期写着周报、月刊这样的，照写报纸、期刊。")
INCIDENT_FROM_PLACE = Transform("情形照标题", "赔偿登记没写情形的，照表名或标题写的遗失、损坏填。")
SETTLED_THEN = Transform("结清日期照处理日期", "赔款收齐了、没写结清日期的，赔偿或处理的那天记作结清日期。")
PAID_IN_MONEY = Transform("处理方式照金额", "赔偿登记没写处理方式、写了赔多少钱的，记作赔款。")
COPIES_FROM_TITLE = Transform("一种书展开成几册", "册数是几就写几行，一册一号。")
COUNT_BEHIND_TITLE = Transform("书名后面的册数分出来", "没有册数一栏的，书名后面的×3 记作册数。")
NEW_NUMBER = Transform("编新号", "原来没有号的，照顺序编号。")
OPENING_DATE = Transform("登记日期用启用日期", "没有登记日期的，写启用这本账的日期。")
INTO_OPENING = Transform("归入期初", "原来没有总括登记账的，都归入期初一批，原批号写进备注。")
WRITTEN_OFF = Transform("注销记到个别账", "注销清单里有的书，个别登记账里也写上注销日期和注销批号。")
STATE_WRITTEN_OFF = Transform("状态记作注销", "状态写着剔除、注销、报废的，注销日期写启用日期的前一天，原话写进备注。")
DUE_BY_RULE = Transform("应还日期推算", "没有应还日期的，照借阅规则推算。")
SEVERAL_BOOKS = Transform("一行几本分开记", "借书一格里写了几本、书目里都有的，一本记一笔。")
TWO_DAYS = Transform("起止两个日子分开记", "借出日期一格里写了起止两个日子的，前一个记借出，后一个记归还或应还。")
RENEWED_IN_WORDS = Transform("续借照字面记", "续借一栏写的是日子或“续”的，一个日子算一次，原话写进备注。")
RETURNED = Transform("归还情况补填", "有归还日期、没有写归还情况的，记作已还。")
END_IN_WORDS = Transform("归还照字面记", "归还一栏写的是√、已还、丢失的，记进归还情况；没写哪天的，归还日期空着。")
NUMBER_ON_CARD = Transform("证号照借阅记录", "花名册上没有证号的，同名同班只有一人的，照借阅记录上写的证号填。")
READER_FOUND = Transform("查到读者证号", "没有证号的，照姓名和班级在读者名册里查，只有一人才填。")
COPY_BY_BARCODE = Transform("条码换成登记号", "写的是条码的，换成那一册的个别登记号。")
NUMBER_WITH_TITLE = Transform("登记号和书名分开", "登记号和书名写在一格、和书目对得上的，分成两栏。")
COPY_BY_TITLE = Transform("查到登记号", "只有书名或书号、馆里又只有一册的，填那一册的个别登记号。")
LOWEST_COPY = Transform("定下是哪一册", "只有书名或书号、馆里有几册的，填那时在馆的号最小的一册，不填借出去了的。")
PAIRED = Transform("借还配成一笔", "借书和还书（或丢书、续借）两条流水配成一笔。")

ALL: tuple[Transform, ...] = tuple(one for one in list(globals().values()) if isinstance(one, Transform))
