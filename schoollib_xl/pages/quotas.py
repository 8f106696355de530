"""The quotas of the term, as a section of a page."""

from collections.abc import Iterator
from decimal import Decimal

from schoollib_xl.pages.charts import Bar, bars
from schoollib_xl.pages.html import Html, element
from schoollib_xl.pages.tables import table
from schoollib_xl.quotas.statement import ClassQuota, Statement
from schoollib_xl.wording.class_figures import pace
from schoollib_xl.wording.quota_tables import (
    classes_notes,
    classes_table,
    target_limits,
    targets_table,
    unconfirmed_sentences,
)
from schoollib_xl.wording.quota_text import behind_heading, catch_up_sentence, headline
from schoollib_xl.wording.quotas import figure


def quotas_section(quotas: Statement) -> Html:
    """The headline, the targets, the classes, and how those that are behind catch up."""
    return element("section", element("h2", "借阅定额"), *_content(quotas), id="quotas")


def _content(quotas: Statement) -> Iterator[Html]:
    yield element("p", headline(quotas))
    if quotas.outcomes:
        yield element("h3", "任务指标")
        yield table(*targets_table(quotas))
        yield from (element("p", said) for said in (*target_limits(quotas), *unconfirmed_sentences(quotas)))
    if quotas.school.loans is not None:
        yield element("h3", "各班")
        yield bars(
            "各班生均借书册数，竖线是目标",
            [_bar(quota) for quota in quotas.classes if quota.obligation.mean is not None],
        )
        yield table(*classes_table(quotas))
        yield element("p", *classes_notes(quotas), class_="aside")
    if behind := [quota for quota in quotas.classes if quota.obligation.on_track is False]:
        yield element("h3", behind_heading(quotas))
        yield element("ul", *(element("li", catch_up_sentence(quota)) for quota in behind))


def _bar(quota: ClassQuota) -> Bar:
    figures = quota.obligation
    said = f"{figure(figures.mean)} {pace(figures) or ''}".strip()
    return Bar(quota.school_class.name, figures.mean or Decimal(0), figures.target, said, figures.on_track is False)
