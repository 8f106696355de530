"""换学年清单: what went over into the new year and why, who moved, and whether closing equals opening."""

from collections.abc import Iterator, Sequence

from schoollib_xl.adoption.next_year.carrying import WHY
from schoollib_xl.adoption.next_year.new_year import NewYear
from schoollib_xl.ledgers.numerals import numeral
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import header_of
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.wording.answer import Answer, Medium, Section, Table, Value, section_of
from schoollib_xl.wording.zh import listed

_BALANCE = {"项目": 30, "旧账期末": 18, "新账期初": 18, "结论": 12}
_LEAVERS = [header_of(ReaderRow, name) for name in ("class_name", "reader_no", "name")]


def year_answer(done: NewYear, of_her_own: Sequence[str]) -> Answer:
    """The list; `of_her_own` says in sentences what of her own went over."""
    promotion = done.promotion
    up = sum(bool(move.after) and move.before not in promotion.undecided for move in promotion.moves)
    left = f"停用毕业生的证 {len(promotion.leavers)} 张" if promotion.leavers else "没有毕业生的证要停用"
    promoted = f"{f'升班 {up} 个班' if up else '没有要升的班'}，{left}。"
    undecided = f"{'、'.join(promotion.undecided)}里谁升班、升到哪个班，账里看不出来，没有动：照新学年的名单改。"
    told = [*([undecided] if promotion.undecided else ()), *_beyond(promotion.beyond)]
    lines = (verdict(done), promoted, *told, *of_her_own)
    return Answer("换学年清单", lines, tuple(_sections(done)))


def _beyond(classes: Sequence[ClassRow]) -> Iterator[str]:
    """That classes went up into a grade which the school had none of: a school of four grades sends them elsewhere."""
    if classes:
        names, grade = "、".join(row.class_name for row in classes), numeral(classes[0].grade)
        yield (
            f"旧账里没有{grade}年级，新账的{names}是照样升上来的：本校不设{grade}年级，就在新账“班级”里删去，"
            "学生的证填上停用日期和停用原因。"
        )


def _sections(done: NewYear) -> Iterator[Section]:
    balances = [(one.name, one.closing, one.opening, "一致" if one.agrees else "不一致") for one in done.balances]
    yield section_of("结转", _BALANCE, balances, medium=Medium.FILE)
    rows: list[tuple[Value, ...]] = []
    for sheet in ALL_SHEETS:
        now, before = done.counts[sheet.row_type]
        rows.append((sheet.name, before, now, WHY[sheet.row_type]))
    columns = {"工作表": 16, "旧账行数": 12, "新账行数": 12, "怎么定的": 84}
    yield section_of("带过来什么", columns, rows, medium=Medium.FILE)
    moves = [(move.before, move.after or "毕业") for move in done.promotion.moves]
    leavers = [(row.class_name or "", row.reader_no, row.name) for row in done.promotion.leavers]
    yield Section(
        "升班和毕业",
        (20, 20, 20),
        (),
        [Table("班级", ("原来", "新学年"), moves), Table("停用的证", _LEAVERS, leavers)],
        Medium.FILE,
    )


def verdict(done: NewYear) -> str:
    """Whether the new books open with what the old ones close with, in one sentence."""
    wrong = [balance.name for balance in done.balances if not balance.agrees]
    if not wrong:
        return "新账的期初和旧账的期末都相等。"
    named = listed(wrong, unit="项")
    return f"新账的期初是照个别登记账数的，和旧账写的期末有 {len(wrong)} 项不一样（{named}），先核对旧账。"
