"""What came of an adoption, on the screen and as JSON."""

from argparse import Namespace
from collections.abc import Iterable, Iterator
from typing import Any

from schoollib_xl.actions.adopting import Adopted
from schoollib_xl.adoption.journal import What
from schoollib_xl.adoption.old_plan.taking import UNPLACED
from schoollib_xl.adoption.own_totals import differing
from schoollib_xl.adoption.report import agreement, open_loans
from schoollib_xl.adoption.totals import EMPTY, ColumnTaken, SourceTaken, Total
from schoollib_xl.adoption.unclear.turned import turned
from schoollib_xl.ledgers.library import gathered


def as_text(done: Adopted, asked: Namespace) -> Iterator[str]:
    """What there is to look at, then the control totals as the last lines, those that disagree first."""
    yield from done.adoption.journal.urgent
    yield from done.adoption.journal.assumed
    yield from turned(done.adoption.tables)
    yield from (total.sentence() for total in differing(done.adoption.tables))
    yield from done.result.check_sentences
    yield f"新工作簿在：{done.workbook}"
    yield f"接收报告在：{done.report}"
    yield from _unknown_columns(done, asked)
    if loans := open_loans(done.adoption):
        oldest = f"最久的借出 {loans[0][0]} 天，" if loans[0][0] >= 0 else ""
        yield f"还没有还的 {len(loans)} 笔，{oldest}照借出的先后列在接收报告“还没有还的”里。"
    if done.records_aside:
        yield f"有 {done.records_aside} 行没有接收，原因在接收报告里。"
    yield from (
        _said(total, is_of_some=done.result.is_of_some)
        for total in sorted(done.result.totals, key=lambda one: one.agrees)
        if _counts(total)
    )


def _unknown_columns(done: Adopted, asked: Namespace) -> Iterator[str]:
    """The columns nobody knew, what they may be, and the command that takes them over. What had no place in an old plan
    has no columns that could be named.
    """
    unknown = [source for source in done.result.sources if source.unrecognised and source.sheet != UNPLACED]
    # A page a reader is a sheet with the same columns for each.
    alike = gathered(((source.file, _unknown_of(source)), source.sheet) for source in unknown)
    for (file, said), sheets in alike.items():
        others = f" 等 {len(set(sheets))} 张表" if len(set(sheets)) > 1 else ""
        yield f"《{file}》{sheets[0]}{others}{said}"
    if not unknown:
        return
    files = " ".join(f'"{path}"' for path in asked.sources)
    mapping = f' --mapping "{asked.mapping}"' if asked.mapping else ""
    command = f'schoollib adopt {files} --into "{asked.into}"{mapping}'
    options = dict.fromkeys(option for source in unknown for option in _options(source, done.result.sources))
    if options:
        yield f"猜得对，就再运行 {command} {' '.join(options)} --again；猜得不对的，先去掉那一项 --column。"
    if mapping:
        yield f"要认这些栏目：在《{asked.mapping.name}》里填“标准栏目”，再运行 {command} --again。"
        return
    yield (
        f"要认这些栏目：先运行 {command} --dry-run，"
        "在写出的账册对照里填“标准栏目”，再加 --mapping 账册对照.xlsx --again 重新接收。"
    )


def _unknown_of(source: SourceTaken) -> str:
    where = "照原样写进了备注" if source.has_remarks else "没有接收"
    may_be = f"（整张表像是“{source.guess}”）" if source.guess else ""
    columns = "、".join(map(_offered, source.unrecognised))
    return f"{may_be} 没有认出的栏目：{columns}，{where}。"


def offers(done: Adopted) -> str:
    """What the tables nobody recognised may be, with what takes them over; '' where nobody can tell."""
    said = [
        f"《{one.file}》{one.sheet} 像是“{one.guess}”，是的话就加 {' '.join(options)} 再接收；"
        for one in done.result.sources
        if one.guess and (options := list(_options(one, done.result.sources)))
    ]
    return "".join([*turned(done.adoption.tables), *said])


def _options(source: SourceTaken, sources: Iterable[SourceTaken]) -> Iterator[str]:
    """What takes over the columns of a table. It goes for each table with a column of that name: none is offered that
    would be another one there, such as 类别=书名 where 书名 is a column of its own.
    """
    others = [column for other in sources if other is not source for column in other.columns]
    for one in source.unrecognised:
        meant = {column.taken_as or column.guess for column in others if column.header == one.header} - {EMPTY}
        if one.guess not in (None, one.header) and meant <= {one.guess}:
            yield f'--column "{one.header}={one.guess}"'


def _offered(column: ColumnTaken) -> str:
    return f"{column.header}（像是“{column.guess}”）" if column.guess else column.header


def _counts(total: Total) -> bool:
    return bool(total.came_in or total.out)


def _said(total: Total, *, is_of_some: bool) -> str:
    parts = [f"旧表 {total.came_in}", f"接收 {total.out}"]
    parts += [f"并入 {total.merged}"] if total.merged else []
    parts += [f"没有接收 {total.aside}"] if total.aside else []
    trouble = "" if total.agrees else "说不准！" if total.is_equal else "对不上！"
    return f"{trouble}{total.what.value}：{'，'.join(parts)}，{agreement(total, is_of_some=is_of_some)}"


def as_json(done: Adopted) -> dict[str, Any]:
    """The answer's fields, as `AdoptAnswer` declares them."""
    return {
        "workbook": str(done.workbook),
        "report": str(done.report),
        "sources": [_source_as_json(source) for source in done.result.sources],
        "totals": [_total_as_json(total) for total in done.result.totals],
        "to_look": done.to_look,
    }


def _source_as_json(source: SourceTaken) -> dict[str, Any]:
    columns = [{"header": column.header, "as": column.taken_as} for column in source.columns]
    said = {name: value for name, value in source._asdict().items() if name != "guess"}
    return said | {"columns": columns}


def _total_as_json(total: Total) -> dict[str, Any]:
    numbers = {"in": total.came_in, "out": total.out, "aside": total.aside}
    is_money = total.what is What.MONEY
    said = {name: str(number) if is_money else int(number) for name, number in numbers.items()}
    return {"what": total.what.name.lower(), **said, "agree": total.agrees}
