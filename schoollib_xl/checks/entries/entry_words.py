"""填写 (FMT): what is said of each way in which a cell cannot be read."""

from typing import NamedTuple

from schoollib_xl.checks.check import Severity
from schoollib_xl.ledgers.table import Flaw


class EntryWords(NamedTuple):
    """The words of a check that is made for each kind of flaw or oddity."""

    code: str
    title: str
    message: str
    why: str
    fix: str
    severity: Severity = Severity.ERROR


FLAWS = {
    Flaw.BLANK: EntryWords(
        "FMT101",
        "必填的格子空着",
        "{whose}“{header}”空着，这一栏每行都要填{held}{near}{alike}。",
        "缺了这一项，这一行没法和别的账核对。",
        "先查{source}；查得到，补填；查不到，{remark}写进“差异说明”。",
    ),
    Flaw.ERROR_VALUE: EntryWords(
        "FMT102",
        "格子里是公式错误",
        "{whose}“{header}”显示的是“{text}”{alike}。",
        "公式算不出结果，这个格子等于没有填。",
        "先看公式引用的格子还在不在；改不好，就照原始单据直接填上。",
    ),
    Flaw.UNCALCULATED: EntryWords(
        "FMT103",
        "公式没有结果",
        "{whose}“{header}”是公式，可是文件里没有存下结果{alike}。",
        "没有结果，核对时读不到数。",
        "用 Excel 或 WPS 打开文件，按 F9 重算，保存后再核对。",
    ),
    Flaw.NOT_A_NUMBER: EntryWords(
        "FMT104",
        "应当填数的格子不是数",
        "{whose}“{header}”填的是“{text}”，读不出数来{alike}。",
        "不是数就不能合计，和别的账也对不上。",
        "改成数，单位和说明写到备注里。",
    ),
    Flaw.NOT_WHOLE: EntryWords(
        "FMT105",
        "应当填整数",
        "{whose}“{header}”填的是“{text}”，不是整数{alike}。",
        "册、次、期都没有半个的。",
        "先查原始单据，再改成整数。",
    ),
    Flaw.NOT_A_DATE: EntryWords(
        "FMT106",
        "日期读不出来",
        "{whose}“{header}”填的是“{text}”，不是一个真的日期{alike}。",
        "没有日期，先后次序就没法核对。",
        "先查原始记录，再按 2025-9-1 这样填。",
    ),
    Flaw.NOT_A_TIME: EntryWords(
        "FMT107",
        "时间读不出来",
        "{whose}“{header}”填的是“{text}”，不是一个时间{alike}。",
        "没有时间，开放时数就算不出来。",
        "按 11:30 这样填。",
    ),
    Flaw.NOT_IN_LIST: EntryWords(
        "FMT108",
        "不在可选的词里",
        "{whose}“{header}”填的是“{text}”，应当是：{choices}{alike}。",
        "用词不一，统计时会漏掉这一行。",
        "从下拉列表里选一个最接近的，原来的写法记到备注里。",
    ),
    Flaw.OUT_OF_RANGE: EntryWords(
        "FMT109",
        "超出了范围",
        "{whose}“{header}”填的是“{text}”，超出了范围（{help}）。",
        "超出范围的数多半是填错了行或多打了一位。",
        "先查原始单据，再改正。",
    ),
    Flaw.DIGITS_LOST: EntryWords(
        "FMT110",
        "编号太长，后面几位丢了",
        "{whose}“{header}”存成了数（{text}），后面几位已经不是原来的{alike}。",
        "Excel 里的数只有 15 位，长的还会显示成 9.78E+12，存下来就丢了后面几位，认不出是谁、是哪一册。",
        "把这一栏设成文本格式，再照原来的证或书重新填。",
    ),
    Flaw.MERGED: EntryWords(
        "FMT111",
        "几行的数合并成一格",
        "{whose}“{header}”的 {text} 是几行合并的一格，看不出每一行是多少{alike}。",
        "合并的一格只算在第一行上，下面各行等于没有填。",
        "先查原始单据，取消合并，每一行各填各的数或号。",
        Severity.WARNING,
    ),
    Flaw.ZEROS_LOST: EntryWords(
        "FMT201",
        "编号前面的 0 丢了",
        "{whose}“{header}”写的是 {text}，按 {taken} 核对{alike}。",
        "编号当成数来存、当成数来填，前面的 0 就丢了，查找时会对不上。",
        "把这一栏设成文本格式，再填成 {taken}。",
        Severity.WARNING,
    ),
    Flaw.DATE_FOR_TEXT: EntryWords(
        "FMT202",
        "编号变成了日期",
        "{whose}“{header}”成了日期 {text}，原来多半是 {taken}{alike}。",
        "输入编号时 Excel 当成了日期，编号就丢了。",
        "先把这一栏设成文本格式，再照单据重填，如 {taken}。",
        Severity.WARNING,
    ),
    Flaw.TEXT_NUMBER: EntryWords(
        "FMT203",
        "数是用文字存的",
        "{whose}“{header}”的“{text}”是文字，按 {taken} 核对{alike}。",
        "文字存的数，表里的求和公式不会算它。",
        "改成数；一整栏都这样，可以用“分列”一次转好。",
        Severity.HINT,
    ),
    Flaw.TEXT_DATE: EntryWords(
        "FMT204",
        "日期不是日期格式",
        "{whose}“{header}”的“{text}”不是日期格式，按 {taken} 核对{alike}。",
        "不是日期格式，排序和筛选会乱。",
        "改成 2025-9-1 这样的日期；一整栏都这样，可以用“分列”一次转好。",
        Severity.HINT,
    ),
    Flaw.HIDDEN_SIGNS: EntryWords(
        "FMT207",
        "文字里有看不见的字符",
        "{whose}“{header}”的“{text}”里夹着看不见的字符，核对时去掉了{alike}。",
        "看不见的字符会让查找和筛选对不上，也写不进文件里。",
        "把这一格清空，照原样重打一遍，不要从网页或别的程序里贴。",
        Severity.HINT,
    ),
    Flaw.NO_SUCH_NAME: EntryWords(
        "FMT206",
        "账册对照里的标准名字不认得",
        "“{header}”填的是“{text}”，没有叫这个名字的{near}。",
        "对不上标准的名字，这一行就不起作用，那张表或那一栏没有读。",
        "照“栏目说明”里的名字改正，一个字也不要差。",
        Severity.WARNING,
    ),
    Flaw.NO_SUCH_OWN_NAME: EntryWords(
        "FMT208",
        "账册对照里的本校名字没有用上",
        "“{header}”填的是“{text}”，工作簿里没有叫这个名字的{near}。",
        "名字差一个字就对不上，这一行不起作用。",
        "照工作表或表头上写的名字改正；已经不用的名字，把这一行移出去。",
        Severity.HINT,
    ),
    Flaw.NAMED_TWICE: EntryWords(
        "FMT218",
        "账册对照里一个名字对上了两处",
        "“{header}”填的“{text}”已经对上“{taken}”了，这一行没有用上{alike}。",
        "本校的一张表、一栏只能是标准的一张、一栏，对两次，就有一处没有读。",
        "看表头，是哪一个就留哪一行；另一行改成真正的名字，没有的移出去。",
        Severity.WARNING,
    ),
}
