"""Which schools of a county to visit first, and what to look at there."""

from collections.abc import Iterator, Sequence

from schoollib_xl.county.visit_sample import VisitSample
from schoollib_xl.county.visiting import Visit
from schoollib_xl.wording.answer import Medium, Section, Value, section_of
from schoollib_xl.wording.county.county_bulletin import title_of

_SAMPLE = {
    "顺序": 6,
    "学校": 24,
    "应在架": 9,
    "到架上找（个别登记号）": 60,
    "从架上拿，到账上找": 30,
    "对单据（总括登记号）": 24,
}


def visit_sections(found: Sequence[Visit]) -> Iterator[Section]:
    """The plan of visits, and the sample of each school; nothing where nobody need be visited."""
    if not found:
        return
    rows = [_visit(number, one) for number, one in enumerate(found, 1)]
    order = (
        "没有汇总进来的在前：先让学校补一份能读的、本学年的账，补不来就去。再是账上每千行问题多的，不到一千行的照一千行算；"
        "基本信息、校历、规则、指标没有填好的打个电话就行，排在后面。各乡镇分文件夹的，看“工作簿”一栏，顺路的一起去。",
        "到了先看“先看什么”这几项，账上的在前，错误先、存疑后。",
    )
    columns = {"顺序": 6, "学校": 26, "为什么": 50, "先看什么": 60, "工作簿": 30}
    yield section_of("先去哪里", columns, rows, order, frozen=2)
    drawn = [(number, one, one.sample) for number, one in enumerate(found, 1) if one.sample]
    if drawn:
        said, samples = _two_ways(drawn[0][2].seed), [_sample(*one) for one in drawn]
        yield section_of("到校抽查", _SAMPLE, samples, [said], Medium.FILE, frozen=2)


def _visit(number: int, visit: Visit) -> tuple[Value, ...]:
    first = "、".join(title_of(code) + (f" {count} 处" if count > 1 else "") for code, count in visit.codes.items())
    return number, visit.school or visit.file, visit.why, first, visit.file


def _two_ways(seed: int) -> str:
    return (
        "照号到架上找，再从架上拿几册到账上找，两头都看；"
        f"在那所学校的工作簿上办 schoollib inspect --seed {seed}，出来的就是这几册，带书名和空格。"
    )


def _sample(number: int, visit: Visit, sample: VisitSample) -> tuple[Value, ...]:
    taken = "、".join(f"{place or '没写馆藏地的'} {count} 册" for place, count in sample.blanks.items() if count)
    return (
        number,
        visit.school or visit.file,
        sample.population,
        "、".join(sample.copies),
        taken,
        "、".join(sample.batches),
    )
