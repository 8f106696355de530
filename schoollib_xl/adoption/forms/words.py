"""The words of old lists that stand in no column of ours: what was done, how a loan ended, what ends a list."""

import re
from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from schoollib_xl.adoption.forms.english import word_meant
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.numerals import CROSSES, FIGURE, NOT, PARTLY, TICKS, whole_number
from schoollib_xl.ledgers.schema import SHEETS, words
from schoollib_xl.ledgers.vocabulary import LoanOutcome, Source

# What an event says was done.
BORROWED, RETURNED, LOST, RENEWED = "借", "还", "丢", "续"
ACTIONS: Mapping[str, str] = {
    **dict.fromkeys(words("借书 借 借出 借阅 外借 出借 借入 借书登记 普通借书 图书借出"), BORROWED),
    **dict.fromkeys(words("还书 还 归还 还入 已还 还回 还书登记 正常还书 超期还书 图书归还"), RETURNED),
    **dict.fromkeys(words("丢书 丢 丢失 遗失 报失 挂失 丢书赔偿 遗失赔偿 图书遗失 报丢"), LOST),
    **dict.fromkeys(words("续借 续 续期 续借登记"), RENEWED),
}

# 还书（逾期）: what follows says how.
_HOW = re.compile(r"[(（](?!.*[丢失赔]).*[)）]$")
_SOURCES: Mapping[Source, str] = {Source.PURCHASE: "购", Source.DONATION: "[捐赠]", Source.ALLOCATION: "[配拨]|调入"}

# The law on personal information allows no more than the purpose needs (个人信息保护法第六条).
PERSONAL = words(
    "身份证 证件 电话 手机 住址 地址 家庭 照片 民族 出生 生日 监护 家长 父亲 母亲 父母 爸爸 妈妈 户主 邮箱 邮编 QQ",
    "微信 银行 性别 户籍 户口 籍贯 联系 年龄 血型 健康 政治面貌 紧急 爷爷 奶奶 住所 居住 身份號",
    "家委 留守 孤儿 残疾 随迁 贫困 低保 独生 单亲 成员 来自IP IP地址 昵称 提交者",
)
ROW_NUMBERS = ("序号", "行号", "No", "NO", "No.", "NO.", "号次", "顺序号", "序", "XH", "LSH")
# What a list ends with.
# Who signs below a list, and with what. A book is hardly ever called so, and no row is dropped without being shown.
_SIGNERS = (
    "制单|开单|发货|收货|送货|签收|填报|制表|填表|打印|导出|审核|审批|批准|复核|核对|校对|经手|经办|验收|移交|接收|交接|监交|负责|保管|管理|图书管理|校长|副校长|馆长"
    "|主管|主管领导|分管领导|分管校长|单位负责|登记|盘点|清点|班主任|任课教师|任课老师|辅导员"
)
_SIGNING = r"签字|签名|签章|盖章|公章|章"
CLOSINGS = re.compile(
    r"[-—=*(]*(?:以上|到此|至此)?(?:结束|完|完毕|以下空白|以下无正文|无正文|全文完|end)[-—=*)]*[。.]?|[-—─_=*.…·~|]+"
    rf"|(?:{_SIGNERS})(?:人|员|者|日期|时间)?(?:\(?(?:{_SIGNING})\)?)?:.*|(?:(?:.{{0,8}})\((?:{_SIGNING})\):?)+|第\d+页.*"
    r"|本(?:[页月期周年日]|学期|学年)(?:[一总合]?共计?)?(?:已?(?:借|还|外借|归还|借阅|借出|还回)[书出]?"
    r"[:：|]*(?:\d+(?:人次|册次|人|册|本|种|笔|次)?)?[,，、。；;|]*)+"
    r"|(?:本(?:[页月期周年]|学期|学年)|以上|全[班校])?[一总合]?共(?:计|有|借出?|还)?:?\|?"
    r"(?:[\d一二三四五六七八九十百]+(?:人次|册次|人|册|本|种|条|笔|页|张|次)[,、。]?)+"
    r"|(?:以上|上列|本页)?[^|]{0,6}(?:核对|清点|盘点|查对|验收|点收)无误.{0,8}"
    r"|(?:合计|总计|金额|人民币|[:()|])*大写[:()|].*|(?:制单|填报|制表|填表|审核|复核|经手|经办|验收|移交|接收|监交|校对)[人员者]\|.{1,20}"
    r"|[(]?(?:续[上前]?[页表]?|接[上前]页|[下转][接]?[下次]?页续?|待续|未完待续)[)]?|(?:备注|附注|注|说明):.+",
    re.IGNORECASE,
)
# The day and the school below those who sign, each on a line of its own.
SIGNED_ON = re.compile(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日")
SIGNED_BY = re.compile(
    r"[\u4e00-\u9fff（）()]{2,20}(?:小学|中学|学校|教学点|分校|图书[室馆])"
    r"|.*(?:同意|批准|准予)(?:注销|报废|剔除|核销|下账|销账|处理)[。.]?"
)
# One of several such cells of a row that hold nothing else: 发货人：王一 | 收货人：李二.
LABELLED = re.compile(
    rf"[\u4e00-\u9fff]{{0,6}}(?:人|员|者|日期|时间|单位|领导|校长|班主任|{_SIGNING})(?:\(?(?:{_SIGNING})\)?)?:.*"
)
# What a list says of itself in one cell of a row, where nothing else stands.
REMARKS = re.compile(
    r"(?:填表|使用|备注|编制|借[书阅])?(?:说明|注|附注|备注|注意事项|须知|规定|规则|制度|办法):.+", re.DOTALL
)
# The columns that say how a loan ended.
END_COLUMNS = {"returned_on": None, "outcome": None}.keys()
_FIELD = SHEETS[LoanRow].by_name["outcome"]
_BLANKS = {*_FIELD.column.blanks, *SHEETS[LoanRow].by_name["returned_on"].column.blanks}
# A day of two parts at least: a bare figure in such a column may count anything.
_DAY = re.compile(rf"{FIGURE}{{1,4}}\s*[年月.．\-－/／](?:\s*{FIGURE}{{1,3}}\s*[年月日号.．\-－/／]?)*")
_WEEKDAY = re.compile("(?:星期|周|礼拜)[一二三四五六日天]")
_ENDINGS = "了的啦过"
_PARTS = re.compile(r"[\s，,；;。.、:：()（）!！]+")
# Who left may have taken the book along.
_GONE = "(?:已经?)?(?:转学|转走|转校|转出|毕业|离校|退学|搬家|搬走|调走|调离)(?:[时后了])?"
_STILL_OUT = re.compile(
    rf"(?:{_GONE})?(?:已|被)?带走|{_GONE}{NOT}(?:归还|还书|还|交)|[{''.join(CROSSES)}]|(?:还|尚|仍|一直|至今)*{NOT}(?:归还|还书|还上|还来|还|归|交|收回)?|续借中?|已续借|外借|未到期|FALSE|待(?:归?还|收回?)"
)
_RETURNED = re.compile(
    rf"[{''.join(TICKS)}vV勾]+|TRUE|(?:已经?|于|都|均|全部?|正常|按时|按期|准时|及时|超期|逾期|过期|提前|补|代|书)*"
    r"(?:归还|交还|退还|送还|还回|退回|收回|交回|还|归)(?:清|回|入|书|毕|完|来|到|室|馆|库|架)*"
)
_TAKEN_ALONG = re.compile(f"带走|{_GONE}")
_LOST = re.compile(r"(?<![没未不沒])(?<![没沒]有)(?:丢|遗失|失落|报失|挂失)")
# Paid for: lost or damaged, nobody can tell.
_PAID = re.compile("赔")
# A book that is damaged or found again is not lost; of several copies some may be back.
_BUT = re.compile(r"损|破|坏|污|撕|找[到回]")
_OF_ALL_ABOVE = re.compile(r"(?:以上|上述|上列|本页)(?:所?借(?:出|的)?)?(?:图书|书籍|书)?(?:已?经?[于在])?(.+)")
# 以上图书应于1月8日归还.
_TO_COME = re.compile("[应须请需]")
_TIMES = re.compile(rf"(?:已|共)?(?:续借?|续期)?((?:{FIGURE}|两){{1,2}})[次回]")
_RENEWED = re.compile(rf"[{''.join(TICKS)}vV]|[日号]|是|有|于|(?:已|又|再|办理?了?|于)*(?:续借?|续期)了?(?:一次)?")
_NOT_RENEWED = re.compile(rf"[{''.join(CROSSES)}]|{NOT}|否|不|(?:{NOT}|不)(?:有|曾)?(?:续借?|续期)|-+|/")
_ASKING_BACK = re.compile(r"是否已?归?还|归?还书?标[志记识]|归还与?否|RETURNED", re.IGNORECASE)
_YES, _NO = re.compile(r"1|是|Y(?:ES)?|T(?:RUE)?", re.IGNORECASE), re.compile(r"0|否|NO?|F(?:ALSE)?", re.IGNORECASE)
_PARTLY = re.compile(rf"{PARTLY}|{FIGURE}\s*[本册]")


class _Open(Enum):
    """What says that the copy is still out."""

    OUT = "没还"


class End(NamedTuple):
    """What a text says of the end of a loan: returned or lost, None for still out; `day` is the part of the text that
    is written like a day, '' for none. `is_whole` tells that it says nothing more than a word of the ledger does.
    """

    outcome: LoanOutcome | None
    day: str
    is_whole: bool


def action_in(text: str) -> str | None:
    """What a line of a log says was done; None where it does not say, or in words nobody knows."""
    word = "".join(word_meant(text).split())
    return ACTIONS.get(word) or ACTIONS.get(_HOW.sub("", word))


def end_of_all(text: str) -> End | None:
    """What a line below loans says of the end of all above it: 以上图书2024年1月8日全部归还; None of other texts."""
    match = None if _TO_COME.search(text) else _OF_ALL_ABOVE.fullmatch(text.strip())
    end = end_in(match[1]) if match else None
    return end if end and end.outcome is LoanOutcome.RETURNED else None


def end_in(text: str) -> End | None:
    """What the text says of the end of a loan; None where nobody can tell."""
    text = _WEEKDAY.sub(" ", word_meant(text))
    day = _DAY.search(text)
    parts = [part for part in _PARTS.split(_DAY.sub(" ", text)) if part]
    said = {one for part in parts if (one := _said(part))}
    is_whole = len(parts) == 1 and _is_plain(parts[0])
    if _PAID.search(text) and LoanOutcome.LOST not in said:
        return None
    if LoanOutcome.LOST in said:
        is_lost = LoanOutcome.RETURNED not in said and not _BUT.search(text)
        return End(LoanOutcome.LOST, day[0] if day else "", is_whole) if is_lost else None
    if said == {_Open.OUT} and not day:
        return End(None, "", is_whole)
    is_back = said == {LoanOutcome.RETURNED} and not _PARTLY.search(text)
    if is_back or (day and not parts):
        return End(LoanOutcome.RETURNED, day[0] if day else "", is_whole)
    return None


def end_under(header: str, text: str) -> End | None:
    """What the text says of the end of a loan below a header: yes or no, 1 or 0, too where the header asks for it."""
    if _ASKING_BACK.search(header):
        if _YES.fullmatch(text):
            return End(LoanOutcome.RETURNED, "", is_whole=True)
        if _NO.fullmatch(text):
            return End(None, "", is_whole=True)
    return end_in(text)


def renewals_in(text: str) -> int | None:
    """How often a loan was renewed, as a text says it: 3月19日续, 续借2次, √; None where nobody can tell, as of a day
    until which it was renewed.
    """
    if match := _TIMES.fullmatch(text):
        return whole_number(match[1])
    days = [day[0] for day in _DAY.finditer(text)]
    rest = {part for part in _PARTS.split(_DAY.sub(" ", text)) if part}
    if all(map(_RENEWED.fullmatch, rest)) and (days or rest):
        return max(1, len(days))
    return 0 if all(map(_NOT_RENEWED.fullmatch, rest)) and rest and not days else None


def _is_plain(part: str) -> bool:
    """Whether a part says no more than the ledger's own words do: 丢失未赔 and 转学带走 do."""
    return part.rstrip(_ENDINGS) in _FIELD.words or not (_LOST.search(part) or _TAKEN_ALONG.search(part))


def _said(part: str) -> LoanOutcome | _Open | None:
    word = part.rstrip(_ENDINGS)
    if part in _BLANKS or _STILL_OUT.fullmatch(word):
        return _Open.OUT
    if known := _FIELD.words.get(part) or _FIELD.words.get(word):
        return LoanOutcome(known)
    if _LOST.search(part):
        return LoanOutcome.LOST
    return LoanOutcome.RETURNED if _RETURNED.fullmatch(word) else None


def source_in(text: str) -> Source | None:
    """Whence words say that books came: 县教育局配发, 中心校调拨, 向校友募捐; None of none, or of several."""
    found = [source for source, form in _SOURCES.items() if re.search(form, text)]
    return found[0] if len(found) == 1 else None
