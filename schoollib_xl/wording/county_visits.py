"""Which schools to visit first, and what to look at there."""

from collections.abc import Iterator, Sequence

from schoollib_xl.county.rollup import Visit
from schoollib_xl.county.visit_sample import VisitSample
from schoollib_xl.wording.answer import Medium, Section, Table, Value
from schoollib_xl.wording.county_bulletin import title_of


def visit_sections(found: Sequence[Visit]) -> Iterator[Section]:
    """The plan of visits, and the sample of each school; nothing where nobody need be visited."""
    if not found:
        return
    rows = [(n, one.school or one.file, one.why, "、".join(map(title_of, one.codes))) for n, one in enumerate(found, 1)]
    said = "先去读不出的，再去每千行问题多的；到了先看后面这几项。"
    yield Section("先去哪里", (6, 26, 50, 60), (said,), (Table("", ("顺序", "学校", "为什么", "先看什么"), rows),))
    drawn = [(number, one, one.sample) for number, one in enumerate(found, 1) if one.sample]
    if drawn:
        said, samples = _two_ways(drawn[0][2].seed), [_sample(*one) for one in drawn]
        yield Section(
            "到校抽查", (6, 24, 9, 60, 30, 24), (said,), (Table("", _SAMPLE_HEADER, samples),), medium=Medium.FILE
        )


_SAMPLE_HEADER = ("顺序", "学校", "应在架", "到架上找（个别登记号）", "从架上拿，到账上找", "对单据（总括登记号）")


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
