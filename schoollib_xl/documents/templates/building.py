"""Build the templates: ``python -m schoollib_xl.documents.templates.building [folder]``."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from schoollib_xl.documents.templates.notice_templates import BEHIND, COMPENSATION, OVERDUE
from schoollib_xl.documents.templates.packaging import template_bytes
from schoollib_xl.documents.templates.pages import Block
from schoollib_xl.documents.templates.register_templates import COVER, STOCKTAKE, WITHDRAWALS
from schoollib_xl.documents.templates.report_templates import PLAN, SUMMARY
from schoollib_xl.documents.templates.styles import GONGWEN, JIANBAN, Layout
from schoollib_xl.saving import write

TEMPLATES: Mapping[str, tuple[Layout, Sequence[Block]]] = {
    "工作计划": (GONGWEN, PLAN),
    "工作计划_简版": (JIANBAN, PLAN),
    "工作总结": (GONGWEN, SUMMARY),
    "工作总结_简版": (JIANBAN, SUMMARY),
    "催还单": (JIANBAN, OVERDUE),
    "未达标名单": (JIANBAN, BEHIND),
    "赔偿通知": (JIANBAN, COMPENSATION),
    "清点报告": (GONGWEN, STOCKTAKE),
    "注销清册": (GONGWEN, WITHDRAWALS),
    "迎检封面": (GONGWEN, COVER),
}
"""Every template by its name without .docx."""


def build(name: str) -> bytes:
    """Return the bytes of one template; raises :class:`KeyError` for a name that is none."""
    layout, blocks = TEMPLATES[name]
    return template_bytes(name, layout, blocks)


def main(folder: Path) -> None:
    """Write all templates into a folder; raises :class:`schoollib_xl.saving.CannotWrite`."""
    for name in TEMPLATES:
        write(folder / f"{name}.docx", build(name))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "templates"))
