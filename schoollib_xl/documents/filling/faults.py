"""What is wrong with a template, said so that the librarian can mend it herself."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import NamedTuple

# Below this likeness a suggestion would puzzle more than help; two of five characters right is enough.
_LIKENESS = 0.4
# A template of her own may have none of twenty lists; three tell which are meant.
_MOST_LISTS = 3
# What is said of a placeholder, a chart or a file; the name stands as it is typed in a template.
SINGLE_BRACE = "{{{name}}} 的花括号各少一个，应写成 {{{{{name}}}}}。"
OPEN_BRACE = "花括号不成对：“{text}”，名称要写在同一段的 {{{{ 和 }}}} 之间。"
FIELD_CODE = "“{name}”外面的花括号是域（Ctrl+F9），要从键盘直接键入 {{{{{name}}}}}。"
IN_FIELD_CODE = "域代码里的 {{{{{name}}}}} 填不了，写到普通文字里。"
IN_WORD_ART = "艺术字里的 {{{{{name}}}}} 填不了，改用文本框写。"
STRAY_NUMBER = "{{{{{name}}}}} 只能和清单的名称写在同一段或同一行里。"
LIST_IN_PICTURE = "{{{{{name}}}}} 是一组内容，图里写不下，只能写单个的名称。"
OUT_OF_REACH = "{where}里的 {{{{{name}}}}} 没有填，要填的写到看得见的文字里。"
CHART_SERIES = "图表“{alt}”应有 {needed} 个系列，现有 {there} 个，没有画。"
CHART_DAMAGED = "图表“{alt}”坏了，没有画。"
NOTHING_TO_FILL = "一处 {{名称}} 也没有，写出来没有一个数；对照原模板把名称写上，不用这份模板就把它移走。"
WITHHELD = "没有权限打开，先关闭占用它的程序，或拷到自己的文件夹再试。"
UNREADABLE = "打不开，不是Word文档（.docx），用Word或WPS另存为.docx以后再试。"
FOLDER = "是文件夹，不是Word文档，改选里面的Word文档再试。"
DAMAGED = "已损坏或没有拷完整，打不开，重新拷一份或用备份再试。"
LOCKED = "加了密码，打不开，在Word或WPS里打开，去掉密码另存一份以后再试。"


class TemplateFault(NamedTuple):
    """One fault: its place in her words, and the whole sentence.

    ``part`` and ``paragraph`` (counted from 0 in document order) say where a comment belongs; -1 is the whole file.
    """

    place: str
    message: str
    part: str = ""
    paragraph: int = -1


class TemplateFaults(Exception):
    """A template that cannot be filled as it stands; carries every fault found, and nothing has been written."""

    def __init__(self, template: str, faults: Sequence[TemplateFault]) -> None:
        listed = [fault.message for fault in faults]
        told = [f"有 {len(faults)} 处要改：", *listed] if len(faults) > 1 else [f"有 1 处要改：{listed[0]}"]
        super().__init__(f"模板“{template}”" + "\n".join(told))
        self.template = template
        self.faults = list(faults)


def nearest(name: str, names: Iterable[str]) -> str:
    """Return the known name most like this one, or an empty string."""
    return next(iter(get_close_matches(name, sorted(names), 1, _LIKENESS)), "")


def unknown_name(name: str, names: Iterable[str]) -> str:
    """Say that a placeholder is unknown, with the nearest name where there is one."""
    if not name:
        return "{{}} 里没有写名称。"
    near = nearest(name, names)
    advice = f"，是不是 {{{{{near}}}}}？" if near else "，对照原模板改过来。"
    return f"{{{{{name}}}}} 不是可用的名称{advice}"


def several_lists(lists: Sequence[str], unit: str) -> str:
    """Say that one row or paragraph would have to repeat over two lists at once."""
    return f"同一{unit}用了{'、'.join(f'“{name}”' for name in lists)}{len(lists)}个清单，只能用一个。"


def charts_missing(alts: Sequence[str], strange: Sequence[str]) -> str:
    """Say which charts the template has no place for, and which of its own were left as they are."""
    left = f"；图表{_quoted(strange)}不认得，里面的数没有换" if strange else ""
    return f"没有图表{_quoted(alts)}，没有画{left}。"


def lists_missing(names: Sequence[str]) -> str:
    """Say which lists with something in them the template has no place for."""
    more = f"等 {len(names)} 个" if len(names) > _MOST_LISTS else ""
    return f"没有清单{_quoted(names[:_MOST_LISTS])}{more}，没有写。"


def _quoted(names: Sequence[str]) -> str:
    return "、".join(f"“{name}”" for name in names)
