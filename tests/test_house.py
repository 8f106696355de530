"""The house keeps its own rules: style, types and the direction of imports."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median

import pytest

HOUSE = Path(__file__).parent.parent
RULES = {
    "style": ("ruff", "check", "."),
    "layout": ("ruff", "format", "--check", "."),
    "types": ("mypy",),
    "imports": ("lint-imports", "--no-cache"),
}


@pytest.mark.parametrize("rule", RULES)
def test_the_house_keeps_its_rules(rule: str) -> None:
    command, *rest = RULES[rule]
    done = subprocess.run(
        [Path(sys.executable).with_name(command), *rest], cwd=HOUSE, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


MODULES = sorted((HOUSE / "schoollib_xl").rglob("*.py"))


@cache
def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text("utf-8"))


@cache
def definitions(module: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Every function and class, methods and nested ones too: none stands inside an expression."""
    found, waiting = [], list(ast.iter_child_nodes(tree(module)))
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.append(node)
        if not isinstance(node, ast.expr):
            waiting += ast.iter_child_nodes(node)
    return found


def test_what_runs_as_a_program_begins_when_everything_is_defined() -> None:
    early = []
    for module in MODULES:
        body = tree(module).body
        starts = [
            at for at, node in enumerate(body) if isinstance(node, ast.If) and "__name__" in ast.unparse(node.test)
        ]
        early += [module.name for at in starts if at < len(body) - 1]
    assert early == []


def functions() -> Iterator[tuple[str, int]]:
    """Every function, and how many lines its body has without the docstring."""
    for module in MODULES:
        for node in definitions(module):
            if not isinstance(node, ast.ClassDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                yield (
                    f"{module.relative_to(HOUSE)}:{node.lineno} {node.name}",
                    (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0,
                )


def test_no_module_is_longer_than_three_hundred_lines() -> None:
    lines = {str(module.relative_to(HOUSE)): len(module.read_text("utf-8").splitlines()) for module in MODULES}
    assert {name: count for name, count in lines.items() if count > 300} == {}


def test_functions_are_short() -> None:
    lengths = dict(functions())
    assert {name: count for name, count in lengths.items() if count > 40} == {}
    assert median(lengths.values()) <= 6


def test_nothing_is_suppressed_and_nothing_is_left_for_later() -> None:
    forbidden = re.compile(r"# *(?:type: *ignore|noqa|TODO|FIXME|XXX)")
    assert [module.name for module in MODULES if forbidden.search(module.read_text("utf-8"))] == []


def test_the_architecture_page_names_only_what_is_there() -> None:
    page = (HOUSE / "schoollib_xl" / "ARCHITECTURE.md").read_text("utf-8")
    code = "\n".join(module.read_text("utf-8") for module in MODULES)
    files = re.findall(r"`([\w./]+\.py)`", page)
    classes = re.findall(r"`([A-Z][a-z]\w+)`", page)
    there = {path.name for top in ("schoollib_xl", "tests") for path in (HOUSE / top).rglob("*.py")}
    assert [name for name in files if Path(name).name not in there] == []
    assert [name for name in classes if not re.search(rf"\b{name}\b", code)] == []


def test_no_two_classes_share_a_name() -> None:
    """One name, one thing: a class is known by its name alone, wherever it is imported from."""
    where: dict[str, list[str]] = {}
    for module in MODULES:
        for node in definitions(module):
            if isinstance(node, ast.ClassDef):
                where.setdefault(node.name, []).append(str(module.relative_to(HOUSE)))
    assert {name: modules for name, modules in where.items() if len(modules) > 1} == {}


def bound(statement: ast.stmt) -> set[str]:
    """The names that a statement of a module gives."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {statement.name}
    given = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    names = (name for target in given for name in (target.elts if isinstance(target, ast.Tuple) else [target]))
    return {name.id for name in names if isinstance(name, ast.Name)}


def looked_up(node: ast.AST) -> Iterator[str]:
    """The names that must be there when a constant is made: what stands in a lambda is looked up later."""
    if isinstance(node, ast.Name):
        yield node.id
    for inner in () if isinstance(node, ast.Lambda) else ast.iter_child_nodes(node):
        yield from looked_up(inner)


def below(module: Path, kinds: tuple[type[ast.stmt], ...]) -> Iterator[str]:
    """The constants below the first definition of these kinds that need nothing from there on to be made."""
    body = tree(module).body
    first = next((at for at, statement in enumerate(body) if isinstance(statement, kinds)), len(body))
    made_below: set[str] = set()
    for statement in body[first:]:
        own = bound(statement)
        if isinstance(statement, ast.Assign | ast.AnnAssign) and not (set(looked_up(statement)) - own) & made_below:
            yield from own
        else:
            made_below |= own


def test_constants_stand_above_what_they_do_not_need() -> None:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    low = {
        str(module.relative_to(HOUSE)): names
        for module in MODULES
        if (names := {*below(module, functions), *below(module, (*functions, ast.ClassDef))})
    }
    assert low == {}


def test_what_a_module_keeps_to_itself_it_uses() -> None:
    idle = {}
    for module in MODULES:
        used = {
            node.id for node in ast.walk(tree(module)) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
        }
        own = {name for statement in tree(module).body for name in bound(statement) if re.match("_[^_]", name)}
        if own - used:
            idle[str(module.relative_to(HOUSE))] = own - used
    assert idle == {}
