"""填写 (FMT): what is said of each way in which a sheet or a cell cannot be read."""

from typing import NamedTuple

from schoollib_xl.checks.check import Severity
from schoollib_xl.ledgers.table import Flaw, Oddity


class EntryWords(NamedTuple):
    """The words of a check that is made for each kind of flaw or oddity."""

    code: str
    title: str
    message: str
    why: str
    fix: str
    severity: Severity = Severity.ERROR


ODDITIES = {
    Oddity.MISSING_SHEET: EntryWords(
        "FMT001",
        "缺少工作表",
        "没有找到工作表“{name}”。",
        "少一张表，和它有关的核对就做不了。",
        "先看是不是改了表名；改了名，就在“账册对照”里对上；确实没有，就按标准栏目补建。",
    ),
    Oddity.DOUBLED_SHEET: EntryWords(
        "FMT002",
        "同一张表有两份",
        "“{name}”和另一张工作表是同一本账，这一张没有读。",
        "同一本账有两份，说不清以哪一份为准。",
        "先定哪一份是正本，另一份移到别的文件里；是一本账分两张写的，第二张的名字后面加 2，写过的行不重写。",
    ),
    Oddity.UNREAD_LEDGER: EntryWords(
        "FMT000",
        "有一张账没有读",
        "“{name}”的表头和“{ledger}”一样，可是已经有“{ledger}”了，这一张的行都没有核对。",
        "一本账分几张写，漏读一张，册数、应还和定额就都不对。",
        "是同一本账的续页，就把表名改成“{ledger}2”；是旧的或重的，就移到另一个文件里。",
    ),
    Oddity.NAMED_OTHERWISE: EntryWords(
        "FMT018",
        "表名不是标准的名字",
        "“{name}”的表头和“{ledger}”一样，工作簿里没有叫“{ledger}”的，就当作“{ledger}”核对了。",
        "以后另加一张叫标准名字的，这一张就不读了。",
        "是“{ledger}”，就把表名改成“{ledger}”，或者在“账册对照”里写上标准账册“{ledger}”和本校工作表“{name}”；不是就移到另一个文件里。",
        Severity.HINT,
    ),
    Oddity.UNREAD_RECORDS: EntryWords(
        "FMT013",
        "有一张辅助表没有读",
        "“{name}”的表头和“{ledger}”一样，可是表名不是，里面的行都没有核对。",
        "记在别的表里的行，核对、定额和文书都看不见。",
        "是“{ledger}”的一部分，就把表名改成“{ledger}”，已经有这张表的改成“{ledger}2”；是旧的或摘抄的，就移到另一个文件里。",
        Severity.WARNING,
    ),
    Oddity.UNKNOWN_SHEET: EntryWords(
        "FMT008",
        "有一张表不认得",
        "工作表“{name}”不是七本账和辅助表里的任何一张，没有读。",
        "账要是写在不认得的表里，核对就看不见它。",
        "不是账，就不用管；是账，就在“账册对照”里写明它是哪一本账、哪一栏是什么。",
        Severity.HINT,
    ),
    Oddity.INCOMPLETE_PART: EntryWords(
        "FMT009",
        "续页缺了栏目，没有读",
        "“{name}”像是{ledger}的续页，可是缺“{lacks}”，里面的行都没有核对。",
        "一本账分几张写，漏读一张，册数、应还和定额就都不对。",
        "照“{ledger}”的表头，在“{name}”里补上缺的栏目；不是续页，就改个表名。",
    ),
    Oddity.HEADERLESS_PART: EntryWords(
        "FMT014",
        "有一张账没有表头，没有读",
        "“{name}”上没有“{ledger}”的表头，里面的行却像是{ledger}的，都没有核对。",
        "一本账分几张写，漏读一张，册数、应还和定额就都不对。",
        "是“{ledger}”的一部分，就照它的表头在“{name}”最上面补一行，表名改成“{ledger}”，已经有这张表的改成“{ledger}2”；是旧的或摘抄的，就移到另一个文件里。",
    ),
    Oddity.NO_HEADER: EntryWords(
        "FMT015",
        "没有找到表头",
        "“{name}”的前 20 行里没有找到{ledger}的表头，这张表没有核对。",
        "没有表头，就不知道哪一栏是什么。",
        "表头在下面的，把它上面的行移到别的表里；没有表头的，照标准栏目在最上面补一行；栏名另有叫法的，在“账册对照”里对上。",
    ),
    Oddity.MISSING_COLUMN: EntryWords(
        "FMT003",
        "缺少必要的栏目",
        "找不到“{name}”这一栏。",
        "缺了这一栏，用到它的核对就做不了。",
        "先看表头是不是写成了别的名字；是，就改回来或在“账册对照”里对上；没有，就补上这一栏。",
    ),
    Oddity.DOUBLED_COLUMN: EntryWords(
        "FMT004",
        "同一栏出现两次",
        "“{name}”这一栏有两列，核对时用的是左边一列。",
        "两列都像同一栏，填的数可能不在核对的那一列里。",
        "留下正在用的一列，另一列改个名字。",
    ),
    Oddity.BLANK_ROW: EntryWords(
        "FMT005",
        "账页中间有空行",
        "第 {row} 行是空行，下面还有内容{alike}。",
        "空行会让筛选、排序和公式到这里就停住。",
        "先对照纸质账，看是不是漏记；不是漏记，就把下面的行移上来。",
        Severity.HINT,
    ),
    Oddity.SUBTOTAL_ROW: EntryWords(
        "FMT006",
        "数据中间夹着合计行",
        "第 {row} 行像是合计行，核对时没有算它{alike}。",
        "账上分月结一次总是可以的；只是自己用公式求和时，合计会算两遍。",
        "要用公式求和，就把合计移到全部数据的下面，或另放一张表；不用就不用动。",
        Severity.HINT,
    ),
    Oddity.WRONG_TOTAL: EntryWords(
        "FMT012",
        "合计行的数加不起来",
        "第 {row} 行是合计，“{name}”的数和上面各行加起来不一样{alike}。",
        "合计不对，多半是上面有一行改过，或者少抄了一行。",
        "先把上面各行重新加一遍；各行都对，就改合计。",
        Severity.WARNING,
    ),
    Oddity.REPEATED_HEADER: EntryWords(
        "FMT007",
        "数据中间又有一行表头",
        "第 {row} 行和表头一样，核对时没有算它{alike}。",
        "中间的表头会打断筛选和排序。",
        "把这一行移出数据区；打印时每页要有表头，用“打印标题”来设。",
        Severity.HINT,
    ),
    Oddity.REORDERED_HEADER: EntryWords(
        "FMT016",
        "中间又有一行表头，次序不一样",
        "第 {row} 行又是一行表头，栏目的次序和上面不一样，下面的行是按这一行读的。",
        "一张表里有两种次序，填的时候容易填错栏，筛选和公式也会错。",
        "把下面各行的栏目移到和第一行表头一样的次序，再把这一行移出数据区。",
        Severity.WARNING,
    ),
    Oddity.UNREAD_BELOW: EntryWords(
        "FMT017",
        "中间的表头缺栏目，下面没有读",
        "第 {row} 行又是一行表头，次序和上面不一样，还缺“{lacks}”，下面的行都没有核对。",
        "漏读下面的行，册数、应还和定额就都不对。",
        "下面是同一本账的，就把栏目补上、移到和第一行表头一样的次序；是另一张表，就移到另一张工作表上。",
    ),
    Oddity.CLOSING_LINE: EntryWords(
        "FMT011",
        "账页里有一句话，不是一笔账",
        "第 {row} 行写的是“{name}”，不是{ledger}的一笔，核对时没有算它{alike}。",
        "夹在账里的话会让筛选、排序和公式把它也当成一笔。",
        "只是签字、盖章的话，就不用动，移到备注或别的表里更好；其实是一笔账，就把空着的格子补上。",
        Severity.HINT,
    ),
}


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
}
