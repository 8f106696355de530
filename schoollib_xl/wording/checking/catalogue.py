"""The checks explained: one in full, or all in a line each."""

from collections.abc import Iterable, Iterator

from schoollib_xl.checks.check import Check
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.wording.zh import SEVERITY, placeholders

_DOTS = "……"


def overview(checks: Iterable[Check]) -> Iterator[str]:
    """Every check in one line."""
    for check in checks:
        yield f"{check.code}　{SEVERITY[check.severity]}　{check.title}"


def entry(check: Check) -> Iterator[str]:
    """One check in full: what it says, why it matters, what to do, which columns it compares."""
    yield f"{check.code}　{check.title}（{SEVERITY[check.severity]}）"
    yield f"说的是：{blanked(check.message)}"
    yield f"为什么要紧：{check.why}"
    yield f"怎么改：{blanked(check.fix)}"
    if check.reads:
        yield f"看哪些栏目：{columns_read(check)}"


def entry_json(check: Check) -> dict[str, str]:
    """One check in full, as JSON-ready values."""
    return {
        "code": check.code,
        "title": check.title,
        "severity": check.severity.value,
        "message": blanked(check.message),
        "why": check.why,
        "fix": blanked(check.fix),
        "columns": columns_read(check),
    }


def blanked(template: str) -> str:
    """A template with dots where a line's own figures go."""
    dotted = template.format_map(dict.fromkeys(placeholders(template), _DOTS))
    return dotted.replace(_DOTS * 2, _DOTS)


def columns_read(check: Check) -> str:
    """The columns a check compares, by sheet."""
    return "；".join(
        f"{SHEETS[row_type].name}（{'、'.join(SHEETS[row_type].by_name[name].header for name in names)}）"
        for row_type, names in check.reads.items()
    )
