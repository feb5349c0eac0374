"""The rules of a connection, read once for a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from accord.domain.periods import Frequency
from accord.domain.row_mapping import Aggregate, Counter, Place, Rule, RuleError, read_rule
from accord.metrics.errors.sync import RuleNotUnderstood
from accord.metrics.models import Connection, Metric, MetricMapping
from accord.metrics.services.working_days import working_days


@dataclass(frozen=True)
class Mapped:
    """A mapping with its rule as it was read."""

    mapping: MetricMapping
    rule: Rule

    @property
    def factor(self) -> Decimal:
        """What a value is multiplied with in the end. A ratio in percent is a percent number: 12 is 12 %."""
        return factor_of(self.rule, self.mapping.metric)


def factor_of(rule: Rule, metric: Metric) -> Decimal:
    """See Mapped.factor."""
    is_percent = metric.is_percent and rule.aggregate is Aggregate.RATIO
    return rule.factor * 100 if is_percent else rule.factor


def rules_of(of: Connection) -> list[Mapped]:
    """All mappings of a connection in a stable order. Raises RuleNotUnderstood."""
    mappings = MetricMapping.objects.filter(connection=of).select_related("metric").order_by("pk")
    return [Mapped(mapping, understood(mapping.rule, mapping.stream, mapping.metric)) for mapping in mappings]


def understood(raw: Mapping[str, Any], stream: str, metric: Metric) -> Rule:
    """The rule that `raw` says. Raises RuleNotUnderstood."""
    try:
        return read_rule(raw, stream)
    except RuleError as error:
        raise RuleNotUnderstood(metric.name, error.problems) from error


def fields_in_use(rules: Iterable[Mapped]) -> dict[str, set[str]]:
    """By stream, the fields that the rules need: nothing else is kept."""
    needed: dict[str, set[str]] = {}
    for each in rules:
        needed.setdefault(each.mapping.stream, set()).update(each.rule.fields())
        for stream in each.rule.streams():
            needed.setdefault(stream, set()).update(each.rule.fields_of(stream))
    return needed


def counter_of(rule: Rule, metric: Metric, of: Connection, now: datetime) -> Counter:
    """What counts rows by `rule`: on the clock of the source, with the organisation's days off."""
    return Counter(rule, Frequency(metric.frequency), Place(zone_of(of), now, working_days))


def zone_of(of: Connection) -> ZoneInfo:
    """The clock of times that come without a zone: the source's own, or the organisation's."""
    name = of.settings.get("zone")
    try:
        return ZoneInfo(name) if isinstance(name, str) and name else ZoneInfo(str(timezone.get_default_timezone()))
    except (OSError, KeyError, ValueError):
        return ZoneInfo(str(timezone.get_default_timezone()))
