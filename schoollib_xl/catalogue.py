"""核对目录.md, 栏目说明.md and 句式说明.md, generated from the checks and the declarations.

``python -m schoollib_xl.catalogue`` writes them into the folder ``workbook``.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from schoollib_xl.checks.check import Check
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.documents.composing.facts.names import FACTS
from schoollib_xl.documents.composing.words.sentences import SentenceCondition, SentenceSection
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS, DeclaredSheet, Field
from schoollib_xl.ledgers.school import SETTINGS
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.samples.broken.every import EXAMPLES
from schoollib_xl.samples.broken.example import Example
from schoollib_xl.samples.broken.excerpt import Excerpt, excerpts
from schoollib_xl.saving import replace
from schoollib_xl.sheets.building.prompts import explained
from schoollib_xl.wording.checking.catalogue import blanked, columns_read
from schoollib_xl.wording.checking.findings import message_of
from schoollib_xl.wording.excel.functions import AVAILABLE, FUNCTIONS, arguments_words
from schoollib_xl.wording.zh import SEVERITY

FOLDER = Path(__file__).parents[1] / "workbook"
# One cause may break many lines; the first sentences show what the check says.
_MOST_SENTENCES = 4
_COLUMN_HEADERS = ("栏目", "必填", "填什么", "说明", "可选的词", "例", "也认得的名称")
_FUNCTION_HEADERS = ("函数", "得出什么", "依次填", "例")
_SETTING_HEADERS = ("项目", "填什么", "说明", "可选的词", "例")


def main() -> None:
    """Write the pages."""
    for name, page in pages().items():
        replace(FOLDER / name, page.encode())


def pages() -> dict[str, str]:
    """The pages by file name."""
    return {
        "核对目录.md": _joined(_checks_page(ALL.values())),
        "栏目说明.md": _joined(_columns_page()),
        "句式说明.md": _joined(_sentences_page()),
    }


def _checks_page(checks: Iterable[Check]) -> Iterator[str]:
    listed = list(checks)
    yield "# 核对目录"
    yield f"共 {len(listed)} 项。错误是账和账互相矛盾；存疑要翻原始单据；提示是可以这样、但不妥当。"
    yield "这一页由程序生成：`python -m schoollib_xl.catalogue`。"
    yield _table(("编码", "程度", "核对什么"), ((one.code, SEVERITY[one.severity], one.title) for one in listed))
    for check in listed:
        yield from _check(check)


def _check(check: Check) -> Iterator[str]:
    yield f"## {check.code}　{check.title}"
    facts = [f"- 程度：{SEVERITY[check.severity]}", f"- 说的是：{blanked(check.message)}"]
    reads = [f"- 看哪些栏目：{columns_read(check)}"] if check.reads else []
    yield "\n".join([*facts, f"- 为什么要紧：{check.why}", f"- 怎么改：{blanked(check.fix)}", *reads])
    yield from _example(check, EXAMPLES[check.code])


def _example(check: Check, example: Example) -> Iterator[str]:
    yield "例："
    for excerpt in excerpts(check, example):
        yield from _excerpt(excerpt)
    books = example.library()
    said = [message_of(books, finding) for finding in run(books, [check]).findings]
    more = [f"> 同样的问题还有 {len(said) - _MOST_SENTENCES} 处。"] if len(said) > _MOST_SENTENCES else []
    yield "\n>\n".join([*(f"> {message.at}　{message.message}" for message in said[:_MOST_SENTENCES]), *more])


def _excerpt(excerpt: Excerpt) -> Iterator[str]:
    more = f"（还有 {excerpt.left_out} 行）" if excerpt.left_out else ""
    yield f"{excerpt.sheet}{more}"
    yield _table(excerpt.headers, excerpt.lines)


def _columns_page() -> Iterator[str]:
    yield "# 栏目说明"
    yield "栏目的先后可以变，也可以多出别的栏目；名称不同时，先看“也认得的名称”，再用“账册对照”对上。"
    yield "这一页由程序生成：`python -m schoollib_xl.catalogue`。"
    for declared in ALL_SHEETS:
        yield f"## {declared.name}（{declared.group.value}）"
        yield f"{declared.purpose}。"
        yield _table(_COLUMN_HEADERS, (_column(declared, field) for field in declared.fields))
    yield "## 基本信息的项目"
    yield _table(
        _SETTING_HEADERS, ((field.header, *explained(SHEETS[SettingRow], field)) for field in SETTINGS.values())
    )
    yield "## 表格函数"
    yield AVAILABLE
    yield _table(_FUNCTION_HEADERS, ((one.name, one.gives, arguments_words(one), one.example) for one in FUNCTIONS))


def _sentences_page() -> Iterator[str]:
    yield "# 句式说明"
    yield (
        "一段里条件成立的句子，按序连起来写进文件；句子里有一个名称的数不知道，这一句就不写。"
        "句子用逗号开头，就接在前一句后面；前一句没有写，逗号也不写。"
    )
    yield "这一页由程序生成：`python -m schoollib_xl.catalogue`。"
    yield "## 段"
    yield "、".join(SentenceSection) + "。计划基本情况写进计划，其余写进总结。"
    yield "## 条件"
    yield "、".join(SentenceCondition) + "。"
    yield "## 名称"
    yield "写在半角花括号里，如 {藏书册数}；计划文字里也可以用，一行只写 {工作安排} 或 {任务指标} 就换成整段。"
    yield _table(("名称", "是什么"), FACTS.items())


def _column(declared: DeclaredSheet, field: Field) -> tuple[str, ...]:
    required, synonyms = "是" if field.required else "", "、".join(field.column.synonyms)
    return field.header, required, *explained(declared, field), synonyms


def _table(headers: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    rows = [headers, ["---"] * len(headers), *lines]
    return "\n".join(f"| {' | '.join(map(_plain, row))} |" for row in rows)


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")


def _joined(blocks: Iterable[str]) -> str:
    return "\n\n".join(blocks) + "\n"


if __name__ == "__main__":
    main()
