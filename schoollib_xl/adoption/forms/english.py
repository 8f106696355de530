"""What the exports of library programs say in letters: headers in English, or the first letters of Chinese ones, and
the English words in their cells.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from schoollib_xl.ledgers.schema import words

_SIGNS = re.compile(r"[\s._/#:'-]+")
# The headers of ours that headers of theirs mean; reports of Koha put the table before it: items.barcode.
_HEADERS: Mapping[str, tuple[str, ...]] = {
    "书名": words(
        "TITLE BOOKTITLE BOOKNAME MAINTITLE FULLTITLE TITLEPROPER TITLEOFBOOK TITLEOFTHEBOOK NAMEOFBOOK",
        "NAMEOFTHEBOOK",
    ),
    "著者": words("AUTHOR AUTHORS AUTHORNAME MAINAUTHOR CREATOR"),
    "出版社": words("PUBLISHER PUBLISHERS PUBLISHERNAME PUBLISHERCODE"),
    "出版年": words(
        "PUBLICATIONYEAR YEAR YEAROFPUBLICATION COPYRIGHTDATE COPYRIGHT PUBLICATIONDATE PUBDATE PUBYEAR PUBLISHED",
        "DATEPUBLISHED DATEOFPUBLICATION",
    ),
    "版次": words("EDITION"),
    "页数": words("PAGES PAGECOUNT NOOFPAGES NUMBEROFPAGES"),
    "ISBN": words("ISBN13 ISBN10 ISBNNO ISBNNUMBER"),
    "索书号": words("CALLNO CALLNUMBER ITEMCALLNUMBER SHELFMARK"),
    "分类号": words("CLASSNO CLASSNUMBER CLASSIFICATION CLASSIFICATIONNO CLASSIFICATIONNUMBER CLCNO CLCNUMBER CLC"),
    "单价": words("PRICE COST UNITPRICE LISTPRICE BOOKPRICE REPLACEMENTPRICE REPLACEMENTCOST"),
    "金额": words("AMOUNT TOTALPRICE TOTALCOST"),
    "条码号": words("BARCODE BARCODENO BARCODENUMBER ITEMBARCODE BOOKBARCODE COPYBARCODE"),
    "登记号": words("ACCESSIONNO ACCESSIONNUMBER ACCNO ACCESSION BOOKID BOOKNO BOOKNUMBER COPYID"),
    "册数": words("COUNT STOCK COPIES QUANTITY QTY NOOFCOPIES NUMBEROFCOPIES TOTALCOPIES COPYCOUNT COPIESOWNED"),
    "馆藏地": words("LOCATION SHELF SHELFNO SHELFNUMBER SHELFLOCATION SHELVINGLOCATION PERMANENTLOCATION"),
    "登记日期": words(
        "ACCESSIONDATE DATEACCESSIONED DATEOFACCESSION ACQUISITIONDATE DATEACQUIRED DATEOFACQUISITION PURCHASEDATE",
        "DATEPURCHASED DATEOFPURCHASE DATEADDED DATERECEIVED",
    ),
    "状态": words("STATUS ITEMSTATUS BOOKSTATUS COPYSTATUS CIRCULATIONSTATUS AVAILABILITY"),
    "是否注销": words("WITHDRAWN WITHDRAWNSTATUS"),
    "是否丢失": words("ITEMLOST LOST LOSTSTATUS"),
    "归还情况": words("LOANSTATUS"),
    "注销日期": words("DATEWITHDRAWN WITHDRAWNDATE WITHDRAWNON"),
    "备注": words("REMARKS REMARK NOTES NOTE COMMENTS"),
    "姓名": words(
        "NAME FULLNAME PATRON PATRONNAME BORROWER BORROWERNAME READER READERNAME STUDENT STUDENTNAME MEMBER MEMBERNAME",
        "SURNAME",
    ),
    "读者证号": words(
        "CARDNUMBER CARDNO LIBRARYCARD LIBRARYCARDNO LIBRARYCARDNUMBER PATRONID PATRONBARCODE BORROWERID READERID",
        "READERNO READERBARCODE STUDENTID STUDENTNO STUDENTNUMBER MEMBERID MEMBERNO",
    ),
    "班级": words("CLASS CLASSNAME CLASSROOM HOMEROOM"),
    "年级": words("GRADE GRADELEVEL"),
    "读者类别": words(
        "CATEGORY CATEGORYCODE PATRONCATEGORY PATRONTYPE BORROWERCATEGORY BORROWERTYPE MEMBERTYPE USERTYPE TYPE"
    ),
    "办证日期": words("DATEENROLLED ENROLLMENTDATE REGISTRATIONDATE DATEISSUED"),
    "借出日期": words(
        "ISSUEDATE DATEISSUED DATEOFISSUE ISSUEDON CHECKOUTDATE DATECHECKEDOUT CHECKEDOUT CHECKEDOUTON CHECKOUTON",
        "LOANDATE DATELOANED BORROWDATE BORROWEDDATE DATEBORROWED BORROWEDON DATEOUT",
    ),
    "应还日期": words("DUEDATE DATEDUE DUE DUEON"),
    "归还日期": words(
        "RETURNDATE RETURNEDDATE DATERETURNED DATEOFRETURN RETURNEDON RETURNED CHECKINDATE DATECHECKEDIN CHECKEDIN",
        "CHECKEDINON CHECKINON DATEIN",
    ),
    "续借次数": words("RENEWALS RENEWALSCOUNT RENEWALCOUNT RENEWCOUNT TIMESRENEWED"),
    "经手人": words("ISSUEDBY LIBRARIAN"),
    "日期": words("DATE DATETIME TIMESTAMP TRANSACTIONDATE"),
    "时间": words("TIME"),
    "操作类型": words("ACTION TRANSACTION TRANSACTIONTYPE TYPE"),
}
# Fields of old programs are called by the first letters of what they hold: TM is 题名, but also 条码, GHSJ 归还时间.
_INITIALS: Mapping[str, tuple[str, ...]] = {
    "书名": words("SM TM TSMC SJMC ZTM ZTMC"),
    "著者": words("ZZ ZRZ DYZZ DYZRZ BZZ"),
    "出版社": words("CBS CBZ CBDW"),
    "出版年": words("CBN CBNY CBRQ CBSJ"),
    "索书号": words("SSH SQH"),
    "分类号": words("FLH ZTFLH ZTFFLH TSFLH"),
    "单价": words("DJ JG TSJG"),
    "条码号": words("TM TXM TMH TSTM TSTMH CTMH"),
    "登记号": words("DJH TSDJH DLH CCH ZCH GBDJH GBH TSBH"),
    "册数": words("FBS FBL GCCS"),
    "馆藏地": words("GCD GCDD CFDD CFWZ"),
    "登记日期": words("DJRQ RCRQ RKRQ GRRQ DJSJ RCSJ RKSJ"),
    "状态": words("TSZT GCZT LTZT"),
    "备注": words("BZ"),
    "姓名": words("XM DZXM XSXM JSRXM"),
    "读者证号": words("DZH DZZH JSZH JYZH DZTM DZTMH"),
    "班级": words("BJ BJMC SZBJ"),
    "年级": words("NJ NJMC"),
    "读者类别": words("DZLX DZLB"),
    "办证日期": words("BZRQ BZSJ"),
    "借出日期": words("JSRQ JSSJ JCRQ JCSJ JYRQ JYSJ WJRQ WJSJ"),
    "应还日期": words("YHRQ YHSJ YGHRQ"),
    "归还日期": words("HSRQ HSSJ GHRQ GHSJ"),
    "续借次数": words("XJCS"),
    "经手人": words("JSR JBR CZY"),
}
_OURS_AND_THEIRS = [*_HEADERS.items(), *_INITIALS.items()]
_MEANT: Mapping[str, tuple[str, ...]] = {
    word: tuple(ours for ours, theirs in _OURS_AND_THEIRS if word in theirs)
    for word in dict.fromkeys(word for _, theirs in _OURS_AND_THEIRS for word in theirs)
}
_WORDS: Mapping[str, str] = {
    word: ours
    for ours, theirs in {
        "在馆": words("AVAILABLE ONSHELF INLIBRARY"),
        "借出": words("ONLOAN CHECKEDOUT ISSUED LENT BORROWED"),
        "遗失": words("LOST MISSING"),
        "注销": words("WITHDRAWN DISCARDED WEEDED"),
        "借书": words("ISSUE CHECKOUT BORROW LOAN LEND"),
        "还书": words("RETURN CHECKIN"),
        "已还": words("RETURNED CHECKEDIN"),
        "未还": words("NOTRETURNED OVERDUE OUTSTANDING OPEN"),
        "续借": words("RENEW RENEWAL RENEWED"),
        "学生": words("STUDENT STUDENTS PUPIL"),
        "教师": words("TEACHER TEACHERS FACULTY"),
        "职工": words("STAFF"),
    }.items()
    for word in theirs
}
_BOTH = (
    re.compile(r"(?P<han>[^A-Z]*[一-鿿](?:\([^A-Z()]*\))?)(?P<sign>[/|:_.-]*\(?)(?P<latin>[A-Z][^一-鿿]*)"),
    re.compile(r"(?P<latin>[A-Z](?:[^一-鿿]*[A-Z.)])?)(?P<sign>[/|:_-]*\(?)(?P<han>[一-鿿][^A-Z]*?)\)?"),
)
# What a library need not know of a person.
_PERSONAL = re.compile(
    r"PHONE|MOBILE|E-?MAIL|ADDRESS|\bSTREET|\bCITY\b|ZIP|POSTCODE|\bSEX\b|GENDER|BIRTH|\bDOB\b|\bAGE\b|PARENT|GUARDIAN"
    r"|FATHER|MOTHER|CONTACT|PASSPORT|ID ?CARD|IDENTITY|NATIONAL ?ID|PASSWORD"
    # 性别, 民族, 身份证号, 联系电话, 家庭地址, 出生日期, 家长姓名, 密码.
    r"|^(?:XB|MZ|SFZH?M?|DH|LXDH|DHHM|SJHM?|JTDZ|JTZZ|CSRQ|CSNY|JZXM|JZDH|MM)$",
    re.IGNORECASE,
)


class TwoLanguages(NamedTuple):
    """A header in Chinese and in English; whether brackets part them."""

    chinese: str
    english: str
    is_bracketed: bool


@lru_cache(maxsize=1 << 14)
def in_two_languages(header: str) -> TwoLanguages | None:
    """A header as plain headers are, in both languages, in either order: 书名TITLE, TITLE/书名, 条码(BARCODE); None for
    one in one language.
    """
    match = next(filter(None, (form.fullmatch(header) for form in _BOTH)), None)
    if match is None:
        return None
    return TwoLanguages(match["han"], match["latin"].rstrip(")"), match["sign"].endswith("("))


def in_chinese(header: str) -> str:
    """The Chinese of a header in both languages; of another all of it."""
    both = in_two_languages(header)
    return both.chinese if both else header


def headers_meant(header: str) -> Iterator[str]:
    """The headers of ours that one in English, or in first letters, may mean."""
    if header.isascii():
        for text in (header, header.rstrip(".").rpartition(".")[2]):
            if ours := _MEANT.get(_plain(text)):
                yield from ours
                return


def word_meant(text: str) -> str:
    """The word of ours that a cell in English means; what is no such word as it is."""
    return _WORDS.get(_plain(text), text) if text.isascii() else text


def is_personal_in_english(header: str) -> bool:
    """Whether a header says that the column holds what a library need not know of a person."""
    return _PERSONAL.search(header.replace("_", " ")) is not None


def _plain(text: str) -> str:
    return _SIGNS.sub("", text).upper()
