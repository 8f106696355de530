"""What the words round a list say of its kind: of what is lent, lost, written off or given, not of what is held."""

import re
from collections.abc import Mapping, Sequence

from schoollib_xl.adoption.forms.kinds import A_BOOK, BOOKS, CLASSES, COMPENSATIONS, LOANS, READERS, WITHDRAWALS
from schoollib_xl.adoption.forms.reader_cards import reader_over
from schoollib_xl.adoption.forms.table_kinds import TableKind
from schoollib_xl.adoption.number_lists import SPANS
from schoollib_xl.ledgers.grades import class_in
from schoollib_xl.ledgers.numerals import whole_number
from schoollib_xl.ledgers.vocabulary import Incident
from schoollib_xl.sheets.reading.recognising import plain

Candidate = tuple[TableKind, dict[str, int]]
_A_LIST = "总?账|清单|清册|登记|目录|书目|名单|明细|一览|统计|表|册|簿|记录|单"
_BOOKS = "图书|书籍|书刊|藏书|旧书|资料|书"
_OF_LOSSES = re.compile(
    rf"(?:丢失|遗失|赔偿|赔书|赔款|损坏|丢书)(?:.{{0,4}}(?:{_A_LIST})|的?(?:{_BOOKS})?(?:情况)?(?:\(.*\))?$)"
)
_INCIDENTS = {"丢失": Incident.LOST, "丢书": Incident.LOST, "遗失": Incident.LOST, "损坏": Incident.DAMAGED}
# What is said of a book that was written off, on its list or in a column of states.
WRITTEN_OFF = "报损|报废|剔旧|剔除|注销|淘汰|下账|销账|核销|除账|除籍|作废"
_OF_WITHDRAWALS = re.compile(
    rf"(?<![未不含非])(?:{WRITTEN_OFF})(?:[及和与、或/]*(?:{WRITTEN_OFF}|丢失|遗失))*的?(?:{_BOOKS})?(?:情况)?(?:\([^()]*\))?(?:审批|审核|鉴定)?(?:{_A_LIST}|[\d()]|$)"
)
# Books that came in stand on the same list.
_OF_BOTH = re.compile("入藏|入库|购置|新书|验收|增减|在册")
_PLANNED = re.compile(
    rf"(?:拟|待|候选|建议|计划|申请|预备|准备).{{0,4}}(?:{WRITTEN_OFF})|(?:{WRITTEN_OFF})(?:候选|申请|建议|计划)"
)
_HANDLED = re.compile("(?:处理|清理|下架)(?!人|员|日期|时间|办法|意见)")
# When a catalogue was put in order, in brackets: 图书目录（2022年9月清理，共分三架）.
_CATALOGUE = re.compile("目录|书目|登记|台账")
_PUT_IN_ORDER = re.compile(r"[(（][^()（）]*\d[年月][^()（）]{0,4}清理[^()（）]*[)）]")
_HELD = re.compile("在册|现有|现存|馆藏|藏书")
# What is wished for or ordered is not there yet; of what is to be read only what is counted is.
_TO_COME = re.compile(
    "拟购|拟采购|待购|求购|采购计划|购书计划|订购计划|征订|心愿|缺书"
    "|(?<![合装修])订[书购货]?单(?![据位价])|订购(?:清单|目录|书目|表)|预[订购]|申购"
)
# As a title of its own; 心愿 alone is a book.
_LIST_TO_COME = re.compile(rf"(?=.*(?:{_TO_COME.pattern})).*(?:计划|{_A_LIST}|{_BOOKS})\W*")
_TO_READ = re.compile("推荐|必读|选读|课外阅读")
_OF_GIFTS = re.compile("捐|赠")
# What a log of opening hours, or a count of loans, says of classes: how many came is not 学生人数.
_HOW_MANY = "人数"
_OF_WHAT_WAS_DONE = re.compile(r"日期|时间|星期|周次|节次|月份|.*(?:借|还|阅览|人次|册次|次数).*")
_OF_LENDING = re.compile(
    r"(?:借书|借阅|借出|外借|出借|借还)(?:日期?|时间)?|(?:实际?)?(?:还书|归还|还回|还入)(?:日期?|时间)|实还(?:日期|时间)|还期?"
)
_GIVEN_OUT = re.compile(r"(?:领书|领用|领取|配发|下发|发放|送书|投放|借走|借用)(?:日期?|时间)")
_ACCOUNT_OF_BOOKS = re.compile("(?:图书|藏书|书籍).{0,4}[账帐]")
_OF_MONEY = re.compile("费|款|收支|资金|现金")
# Some of the pupils, and what for, or their teachers; 图书管理员：王红 over a class list says something else.
_SOME = (
    "三好|优秀(?!班)|获奖|表彰|先进|标兵|积极分子|之星|管理员|志愿者|班委|班?干部|值[日班]|参[赛加]|比赛|兴趣|社团|合唱|[未没]交|请假|缺勤"
    "|留守|资助|贫困|寄宿|住校|走读"
)
_OF_SOME = re.compile(
    # 东村寄宿制小学花名册 is of a whole school.
    rf"(?:(?:{_SOME})(?!制|(?:儿童)?(?:学校|小学|中学))|班主任|教师(?=安排|分工))[^:：]{{0,4}}"
    r"(?:花?名[单册]|一览表?|安排表?|分工表?|登记表?|统计表?)"
    rf"|(?:{_SOME})(?:儿童|学生|同学)?$"
)
# What a program calls a sheet that nobody named.
_NAMELESS = re.compile(r"(?:sheet|工作表|表)\s?\d*(?:\s|$)", re.IGNORECASE)
_OF_CARDS = re.compile("证|读者|学号|[借阅]卡")
_A_READER = frozenset({"name", "reader_no", "class_name"})
# What tells one version of a list from another in its name.
_VERSION = re.compile(
    r"副本|备份|复件|拷贝|修[订改]版?|最[终新]版?|定稿|终稿|初稿|草稿|[新旧原]版|原[始稿]|\([新旧]\)|第?[一二三\d][稿版]|v\d+|[-_\s()（）]",
    re.IGNORECASE,
)
# By what its name says of when a version was written; a copy (副本) may be of any time.
_STAGES = {
    "final": re.compile("最[终新]|[定终]稿"),
    "numbered": re.compile(r"第?([一二三\d])[稿版]|v(\d+)", re.IGNORECASE),
    "revised": re.compile(r"修[订改]|新版|\(新\)"),
    "old": re.compile(r"[旧原]版|原[始稿]|初稿|草稿|\(旧\)"),
    "copied": re.compile("副本|备份|复件|拷贝"),
}
_BESIDE = re.compile(r"（并排第 \d+ 张(?:，(.+))?）$")


def named_beside(sheet: str, number: int, class_name: str = "") -> str:
    """The name of what stands side by side with others on a sheet, with the class it is of, where its place tells."""
    return f"{sheet}（并排第 {number} 张{'，' if class_name else ''}{class_name}）"


def as_named(sheet: str) -> str:
    """The name of a sheet, and the class of what stands there, as she wrote them: which of several that stand side by
    side it is says nothing of it.
    """
    return _BESIDE.sub(lambda match: f" {match[1]}" if match[1] else "", sheet)


def without_version(name: str) -> str:
    """The plain name of a list without the words that tell one version of it from another: 书目（修订）."""
    return _VERSION.sub("", name)


def latest_of(names: Sequence[str]) -> int | None:
    """Which of the versions of one list was written last, by their plain names, as an index; None where these do not
    tell.
    """
    stages = [next((stage for stage, form in _STAGES.items() if form.search(name)), "first") for name in names]
    numbers = [found and whole_number(found[1] or found[2]) for found in map(_STAGES["numbered"].search, names)]
    if "numbered" in stages and not {"first", "revised", "copied", "final"} & set(stages):
        stages = ["final" if number == max(filter(None, numbers)) else "old" for number in numbers]
    order = ["final", "revised", "first"] if not {"numbered", "copied"} & set(stages) else ["final"]
    last = next((stage for stage in order if stage in stages), "")
    return stages.index(last) if stages.count(last) == 1 else None


def said_round(file: str, said: str) -> str:
    """What tells which list it is: the name of its sheet and its title, and that of its file where the sheet has no
    name of its own.
    """
    return f"{file.rpartition('.')[0]} {said}" if _NAMELESS.match(said) else said


def tells_of_withdrawals(title: str) -> bool:
    """Whether the words round a list say that what stands on it is written off, or is to be."""
    parts = list(_parts(title))
    is_told = any(map(_OF_WITHDRAWALS.search, parts)) and not any(map(_OF_BOTH.search, parts))
    return is_told or is_planned(title)


def incident_told(title: str) -> Incident | None:
    """What became of the books of a list by the words round it; None for any other list, or one of both."""
    parts = [part for part in _parts(title) if _OF_LOSSES.search(part)]
    found = {incident for word, incident in _INCIDENTS.items() if any(word in part for part in parts)}
    return found.pop() if len(found) == 1 else None


def tells_of_what_is_gone(title: str) -> bool:
    """Whether they say that what stands on it is written off or lost."""
    return tells_of_withdrawals(title) or any(map(_OF_LOSSES.search, _parts(title)))


def tells_whether_held(title: str) -> bool | None:
    """Whether they say that what stands on it is held (在册图书), or gone; None where they say neither."""
    if tells_of_what_is_gone(title):
        return False
    return True if _HELD.search(title) else None


def heads_what_is_to_come(title: str) -> bool:
    """Whether it is the title of a list of what is wished for or ordered (采购计划) and not there yet."""
    return any(map(_LIST_TO_COME.fullmatch, _parts(title)))


def tells_of_nothing_held(title: str) -> bool:
    """Whether they say that what stands on it is gone, or not there yet."""
    return tells_of_what_is_gone(title) or any(_is_not_held({}, one) for one in _parts(title))


def may_be_gone(title: str) -> bool:
    """Whether what stands on a list may be gone or only looked through: 处理旧书, 清理图书 and 下架图书 say either."""
    if _CATALOGUE.search(title):
        title = _PUT_IN_ORDER.sub("", title)
    return any(map(_HANDLED.search, _parts(title))) and not tells_of_what_is_gone(title)


def is_planned(title: str) -> bool:
    """Whether they say that it is only meant to be written off."""
    return any(map(_PLANNED.search, _parts(title)))


def is_account_of_books(title: str) -> bool:
    """Whether 收入, 支出 and 结存 under it count copies: 图书总账, and not 图书经费."""
    return _ACCOUNT_OF_BOOKS.search(title) is not None and _OF_MONEY.search(title) is None


def tells_of_some_people(title: str) -> bool:
    """Whether the words round a list say that only some pupils stand on it, and what for: 三好学生, 图书管理员."""
    return any(map(_OF_SOME.search, _parts(title)))


def fitting(candidates: Sequence[Candidate], title: str, said: str, texts: Sequence[str]) -> list[Candidate]:
    """Of the kinds a header may be, each with its columns, those it can be under this title; `said` are the words
    round the list that tell which it is.
    """
    found = [(kind, columns) for kind, columns in candidates if kind.fits(columns, title)]
    lent = next(columns for kind, columns in candidates if kind is LOANS)
    if not any(kind is LOANS for kind, _ in found) and _is_register(lent, dict(found).get(BOOKS, {}), said, texts):
        found = [(kind, columns) for kind, columns in candidates if kind is LOANS or (kind, columns) in found]
    if _is_of_gifts(found, said, texts):
        found = [(kind, columns) for kind, columns in found if kind is not LOANS]
    if _is_not_held(dict(candidates)[BOOKS], plain(said)):
        found = [(kind, columns) for kind, columns in found if kind is not BOOKS]
    if not _is_lent(found):
        found = _of_what_is_gone(candidates, found, said)
    if tells_of_some_people(said):
        found = [(kind, columns) for kind, columns in found if kind is not READERS]
    if any(map(_OF_LENDING.fullmatch, texts)) or ({"title", "isbn"} & lent.keys() and _A_READER & lent.keys()):
        # Who borrowed which book, or on which day, is no roster, even where nobody can tell the rest of it.
        found = [(kind, columns) for kind, columns in found if kind not in (READERS, CLASSES)]
    if _HOW_MANY in texts and any(text not in CLASSES.headers and _OF_WHAT_WAS_DONE.fullmatch(text) for text in texts):
        found = [(kind, columns) for kind, columns in found if kind is not CLASSES]
    return found


def _parts(title: str) -> list[str]:
    return [plain(part) for part in title.split()]


def _is_register(lent: dict[str, int], held: dict[str, int], title: str, texts: Sequence[str]) -> bool:
    """Whether the columns are those of a register of loans that does not say in each row who, or when: in the
    title stands whose book it is, or both days have their column, and more of them are a register's than a list's of
    books. Who borrowed from when until when is one as well, under whatever word the book stands.
    """
    if "returned_on" in lent and A_BOOK & lent.keys() and "借" in title and reader_over(title):
        return True
    is_of_readers = {"lent_on", "returned_on"} <= lent.keys() and {"name", "reader_no"} & lent.keys()
    if len(lent) <= len(held) or not (A_BOOK & lent.keys() or (is_of_readers and len(lent) < sum(map(bool, texts)))):
        return False
    is_dated = is_of_readers or any(_OF_LENDING.fullmatch(text) or _GIVEN_OUT.fullmatch(text) for text in texts)
    is_whole = {"lent_on", "returned_on"} <= lent.keys()
    has_reader = bool({"name", "reader_no"} & lent.keys())
    if is_dated and "lent_on" in lent:
        return is_whole or bool(class_in(title)) or "借" in title
    # Beside the number of a card that of a copy says which was lent.
    is_of_cards = "reader_no" in lent and _OF_CARDS.search(texts[lent["reader_no"] - 1])
    is_said_of_books = held.keys() - {"title", "held", "remarks", *(A_BOOK if is_of_cards else ())}
    return has_reader and "title" in lent and not is_said_of_books and not _OF_GIFTS.search(title)


def _is_of_gifts(found: Sequence[Candidate], said: str, texts: Sequence[str]) -> bool:
    """Whether the title tells of books that were given, and no word of any that were lent: 捐书登记 has days and
    classes as registers of loans have.
    """
    is_lent = "借" in said or any("借" in text or "还" in text or _GIVEN_OUT.fullmatch(text) for text in texts)
    return bool(_OF_GIFTS.search(said)) and not is_lent and any(kind is BOOKS for kind, _ in found)


def _is_lent(found: Sequence[Candidate]) -> bool:
    """Whether one of the columns says when a book is back."""
    return any({"returned_on", "due_on"} & columns.keys() for _, columns in found)


def _is_not_held(columns: Mapping[str, int], title: str) -> bool:
    """Whether books under this title need not be there."""
    if {"accession_no", "barcode"} & columns.keys():
        return False
    return bool(_TO_COME.search(title) or ("held" not in columns and _TO_READ.search(title)))


def _of_what_is_gone(candidates: Sequence[Candidate], found: list[Candidate], title: str) -> list[Candidate]:
    """What was lost or written off is neither lent nor held."""
    if tells_of_withdrawals(title):
        naming = {"accession_no", "title", *SPANS}
        gone = [(kind, columns) for kind, columns in candidates if kind is WITHDRAWALS and naming & columns.keys()]
        return gone or found
    if any(_OF_LOSSES.search(part) for part in _parts(title)):
        paid = [
            (kind, columns)
            for kind, columns in candidates
            if kind is COMPENSATIONS and {"accession_no", "title"} & columns.keys() and _A_READER & columns.keys()
        ]
        gone = [(kind, columns) for kind, columns in found if kind in (COMPENSATIONS, WITHDRAWALS)]
        return paid or gone or [one for one in found if one[0] is BOOKS and incident_told(title)]
    return found
