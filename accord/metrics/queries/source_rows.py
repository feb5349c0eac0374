"""The rows that a value was worked out from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.core.paginator import Page, Paginator

from accord.domain.row_mapping import Aggregate, Rule, RuleError, Span, read_rule
from accord.metrics.models import MappedRow, Measurement, MetricMapping
from accord.metrics.queries.origin import Origin

ROWS_PER_PAGE = 25


@dataclass(frozen=True)
class ShownRow:
    """One row for somebody who may see the value: its key, where to open it, when it was, what it counts for.

    `cells` are the fields that this rule uses and no others, without that of the time, which is told in words; None
    once they are so old that they are gone.
    `meets` says of a share whether the row is in its numerator.
    """

    key: str
    link: str
    given: MappedRow
    value: Decimal | None
    weight: Decimal | None
    meets: bool | None
    cells: list[tuple[str, str]] | None


@dataclass(frozen=True)
class RowsOfValue:
    """A page of the rows of a value, newest first, and how they became it."""

    mapping: MetricMapping
    aggregate: str
    unit: str
    page: Page[MappedRow]
    rows: list[ShownRow]


def rows_of(origin: Origin, page: str | None) -> RowsOfValue | None:
    """The rows that the value of `origin` was worked out from; None where it was not, or its mapping is gone."""
    if origin.row != Measurement.FROM_ROWS:
        return None
    mapping = (
        MetricMapping.objects.filter(metric=origin.series.metric_id, connection__source=origin.batch.source_id)
        .select_related("connection")
        .first()
    )
    rule = _rule(mapping)
    if mapping is None or rule is None:
        return None
    subject = origin.series.employee_id or -(origin.series.org_unit_id or 0)
    given = MappedRow.objects.filter(mapping=mapping, subject=subject, period=origin.period.key).select_related("row")
    shown = Paginator(given.order_by("-at", "-pk"), ROWS_PER_PAGE).get_page(page)
    unit = rule.value.unit.value if isinstance(rule.value, Span) else ""
    return RowsOfValue(mapping, rule.aggregate.value, unit, shown, [_shown(each, rule) for each in shown])


def _rule(mapping: MetricMapping | None) -> Rule | None:
    try:
        return read_rule(mapping.rule, mapping.stream) if mapping else None
    except RuleError:
        return None


def _shown(given: MappedRow, rule: Rule) -> ShownRow:
    is_share = rule.aggregate is Aggregate.RATIO and bool(rule.meets)
    fields = given.row.fields
    cells = None if fields is None else [(name, fields.get(name) or "") for name in sorted(rule.fields() - {rule.when})]
    return ShownRow(
        key=given.row.key,
        link=given.row.link,
        given=given,
        value=None if is_share else given.value,
        weight=None if is_share else given.weight,
        meets=bool(given.value) if is_share else None,
        cells=cells,
    )
