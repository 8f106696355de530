"""Texts that tell of a person: identity and telephone numbers, addresses, names; and texts without these."""

import re

from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.texts import HALF_WIDTH
from schoollib_xl.sheets.reading.tidy import shown

# 公民身份号码 (GB 11643): area, day of birth, serial, check; the old form has 15 digits.
_IDENTITY = (
    r"[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
    r"|[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}"
)
# Such a number with blanks or strokes anywhere inside, as people type it to read it better.
_IN_GROUPS = re.compile(r"(?<!\d)[A-Za-z]?\d(?:[ -]*\d){13,16}[ -]*[\dXx](?![ -]*\d)")
# 全国学籍号 is a letter before an identity number (教基一〔2013〕7号, 中小学生学籍管理办法).
_REGISTRATION = re.compile(r"[A-Za-z]\d{17}[\dXx]")
# A number of so many digits as Excel keeps it.
_ROUNDED = r"\d{16,18}|\d\.\d+e\+1[4-7]"
_HAS_IDENTITY = re.compile(rf"(?<!\d)(?:{_IDENTITY})(?![\dXx])")
_TELEPHONE = r"(?:\+?86[-\s]?)?1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}|0\d{2,3}[-\s]\d{7,8}|\(0\d{2,3}\)\s?\d{7,8}"
_HAS_TELEPHONE = re.compile(rf"(?<![\d.])(?:{_TELEPHONE})(?![\d])")
_PLACES = re.compile(r"[省市县区镇乡村组路街巷号栋楼]|小区|单元|大队|社区")
_CLAUSE = re.compile(r"[^；;，,。、（）()\s]+")
_LIVES = re.compile(r"(?:家庭?|现|户籍)?(?:居?住(?:在|于|址|处)?|家在|地址)[:：]?")
# 清教字〔2025〕8号 is the number of a document.
_HOUSE = re.compile(r"(?<![〕\]】\d])[\d一二三四五六七八九十]+(?:号|室|组|栋|幢|楼|单元)[\d一二三四五六七八九十号室]*$")
# At most 64 signs before the @ (RFC 5321, 4.5.3.1.1); without an end a long text was gone through from each sign.
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+\.[\w.]+")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹"
    "孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁"
)
_A_NAME = rf"[{''.join(sorted(_SURNAMES))}][\u4e00-\u9fff]{{1,2}}"
_KIN = "父亲|母亲|父母|联系人|家长|监护人|爸爸|妈妈|爷爷|奶奶|外公|外婆|姥爷|姥姥|叔叔|伯父|姑姑|哥哥|姐姐"
# Words that begin as a surname does and follow who is meant: 家长马上来还, 家长许可, 家长于周三付清.
_NO_NAME = (
    "马上|许[可诺多]|申[请报]|曾[经来到说在]|付[款清了钱过]|于[周本下上明后今月\\d一二三四五六七八九十]|向[学班老图我]|谢[谢绝]"
    "|安[排全徽]|高[兴度价]|方[便面]|关[注心于系]|钱[已款交]|陆续|陈述|牛奶|万一|严[格重]|任[何意课]|郑重|左右|包[书好赔管]|白天|常[来到年]|余[款下]"
    "|齐[了全]|文化|何[时处]|张贴|毛[笔线巾毯]|温馨|康复|宁[可愿]|顾[不及]|周[一二三四五六日末期]|金额|夏[天季]"
)
# 父亲王大明, 家长：李小明, 奶奶李秀英接送, 父母王大明、李秀英; 王大明（父）.
_PARENT = re.compile(
    rf"(?P<who>(?:{_KIN})(?:姓名)?(?:[:：是叫(（]|\s)*(?!{_NO_NAME})|(?<![\u4e00-\u9fff])[父母爸妈][:：]?\s*)"
    rf"{_A_NAME}(?:[、和母妈][:：]?{_A_NAME})*(?:[:：\s]*\d{{7,8}}(?!\d))?|{_A_NAME}(?P<of>[(（](?:[父母爸妈]|{_KIN})[)）])"
)
# 电话62345678, 微信：wx12345: short of what a number of a telephone has, but said to be one.
_CALLED = re.compile(
    r"(?P<what>(?:电话|手机|短号|座机|微信|QQ|qq)(?:号码?)?(?:[:：是]|\s)*)(?!20\d\d-\d{1,2}-)[A-Za-z0-9_-]{5,}"
)
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_ADDRESS_MARKS, _SHORTEST_ADDRESS = 2, 6
HIDDEN = "（个人信息，没有抄）"
# The shortest telephone number and identity number.
_SHORTEST_NUMBER, SHORTEST_IDENTITY, _LONGEST_IDENTITY = 11, 15, 18


def plain_text(value: CellValue) -> str:
    """The text of a cell: half width, an identity number typed in groups as one."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = shown(value).translate(HALF_WIDTH).strip()
    return _in_groups(text) or text


def _in_groups(text: str) -> str:
    """The identity number that a text is, typed in groups; '' for other texts, such as 20250001-20250010."""
    number = re.sub("[ -]", "", text) if _IN_GROUPS.fullmatch(text) else ""
    return number if _HAS_IDENTITY.fullmatch(number) or _REGISTRATION.fullmatch(number) else ""


def is_identity(text: str) -> bool:
    """Whether an identity number stands in a text, or what may be one that Excel has rounded."""
    # A number of more than 15 digits in a cell is one that was typed without care; no list of a school has others.
    is_long = bool(re.fullmatch(_ROUNDED, text))
    return is_long or _HAS_IDENTITY.search(text) is not None or _REGISTRATION.fullmatch(text) is not None


def is_whole_identity(text: str) -> bool:
    """Whether a text is an identity number of today's form and nothing else."""
    return len(text) == _LONGEST_IDENTITY and _HAS_IDENTITY.fullmatch(text) is not None


def is_telephone(text: str) -> bool:
    """Whether a telephone number stands in a text."""
    return _HAS_TELEPHONE.search(text) is not None


def is_address(text: str) -> bool:
    """Whether a text names so many places that somebody lives there."""
    return len(text) >= _SHORTEST_ADDRESS and len(_PLACES.findall(text)) >= _ADDRESS_MARKS


def is_mail(text: str) -> bool:
    """Whether an address of electronic mail stands in a text."""
    return _MAIL.search(text) is not None


def is_name(text: str) -> bool:
    """Whether a text is written like the name of a person."""
    return _NAME.fullmatch(text) is not None and text[0] in _SURNAMES


def is_private(text: str) -> bool:
    """Whether a number of a reader holds an identity number, or is a telephone's."""
    return is_identity(text) or re.fullmatch(_TELEPHONE, text) is not None


def without_home(value: CellValue) -> CellValue:
    """A text without what of it says where somebody lives, or what a parent is called."""
    if not isinstance(value, str):
        return value
    nameless = _PARENT.sub(lambda found: f"{found['who'] or ''}{HIDDEN}{found['of'] or ''}", value)
    return _CLAUSE.sub(lambda part: _without_address(part[0]), _CALLED.sub(rf"\g<what>{HIDDEN}", nameless))


def without_parent(name: str) -> str:
    """A name without what stands behind it of a parent: 林小满（家长王大明）."""
    parent = _PARENT.search(name)
    return name[: parent.start()].rstrip("(（ ：:,，、") or name if parent else name


def _without_address(clause: str) -> str:
    lives = _LIVES.match(clause)
    places = len(_PLACES.findall(clause[lives.end() :] if lives else clause))
    is_home = places >= 1 if lives else places >= _ADDRESS_MARKS and _HOUSE.search(clause) is not None
    return HIDDEN if is_home else clause


def without_numbers(value: CellValue, *, is_about_people: bool) -> CellValue | None:
    """The cell without such numbers; None where it holds none."""
    if not isinstance(value, str | float | int) or isinstance(value, bool):
        return None
    text = plain_text(value)
    if len(text) < _SHORTEST_NUMBER:
        return None
    if not isinstance(value, str) and re.fullmatch(_ROUNDED, text):
        return HIDDEN
    cleaned = _IN_GROUPS.sub(lambda number: HIDDEN if _in_groups(number[0]) else number[0], text)
    cleaned = _HAS_IDENTITY.sub(HIDDEN, cleaned)
    cleaned = _HAS_TELEPHONE.sub(HIDDEN, cleaned) if is_about_people else cleaned
    return cleaned if cleaned != text else None
