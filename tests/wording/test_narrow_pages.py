"""A page in a window as narrow as a telephone's."""

from decimal import Decimal
from pathlib import Path

import pytest

from browser import chromium, open_page
from schoollib_xl.pages.answer import answer_html
from schoollib_xl.pages.document import document
from schoollib_xl.wording.answer import Answer, Chart, section_of

_LONG = "《账.xlsx》的内部结构不正常，从原来的账册重新拷一份再试。"
_WIDTH = "Math.round(document.querySelector('{}').getBoundingClientRect().width)"


@pytest.mark.skipif(chromium() is None, reason="Chromium is not installed")
def test_a_long_text_and_a_chart_can_be_read(tmp_path: Path) -> None:
    plan = section_of("先去哪里", {"顺序": 6, "学校": 9, "为什么": 9, "先看什么": 9}, [(1, "青禾小学", _LONG, _LONG)])
    figures = section_of("各校", {"学校": 9, "册": 9}, [("青禾小学", Decimal(3))], charts=[Chart("各校", (1,))])
    failed = section_of("没有汇总的", {"工作簿": 9, "为什么": 9}, [("东镇/青禾小学.xlsx", _LONG)])
    answer = Answer("县汇总", (), (plan, figures, failed))
    page_file = tmp_path / "页.html"
    page_file.write_text(document(answer.title, answer_html(answer)), encoding="utf-8")
    with open_page(page_file, tmp_path) as page:
        page.resize(400, 800)
        page.open(page_file)
        page.wait_for("document.readyState === 'complete'")
        number, text, chart = (page.evaluate(_WIDTH.format(one)) for one in ("tbody th", "td.long", ".chart"))
        assert number < 60 < 230 < text
        assert chart > 500
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
        # A table of one long text alone needs no moving.
        last = "[...document.querySelectorAll('.wide')].at(-1)"
        assert page.evaluate(f"{last}.scrollWidth <= {last}.clientWidth")
