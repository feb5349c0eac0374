"""What the fit check has to know of positions and metrics, read in a constant number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db.models import Q, Sum

from accord.domain.fit import FitFacts, KnownMetric, Recommendation, Votes
from accord.domain.wording import Text
from accord.goals.models import Cycle, KeyResult, KeyResultKpi, Objective, RecommendedKpi, Workshop, WorkshopCard
from accord.metrics.models import Freshness, Metric
from accord.people.models import Position

Linked = Mapping[int | None, frozenset[int]]
"""The metrics of a position that key results are broken into; those of None are everybody's."""


def facts_of(positions: Collection[int], metrics: Collection[int], cycle: Cycle) -> dict[int, FitFacts]:
    """The facts about each of some positions and all of some metrics in a cycle: eight statements at most."""
    known, linked, votes = _known_metrics(metrics), _linked(metrics, cycle), _votes(positions, metrics)
    return {
        position.pk: FitFacts(
            position_id=position.pk,
            position=Text(position.name, position.name_en),
            family_id=position.family_id,
            family=Text(position.family.name, position.family.name_en) if position.family else None,
            metrics=known,
            linked=None if linked is None else linked.get(None, frozenset()) | linked.get(position.pk, frozenset()),
            votes=votes[position.pk],
        )
        for position in Position.objects.filter(pk__in=positions).select_related("family")
    }


def _known_metrics(metrics: Collection[int]) -> dict[int, KnownMetric]:
    places = _recommendations(metrics)
    measured = set(Freshness.objects.filter(metric__in=metrics).values_list("metric_id", flat=True))
    return {
        metric.pk: KnownMetric(
            name=Text(metric.name, metric.name_en),
            # A ratio is worked out from its two parts; where these come from is for their own lines.
            has_source=bool(metric.source.strip()) or metric.is_ratio,
            has_values=metric.pk in measured,
            recommended=tuple(places[metric.pk]),
        )
        for metric in Metric.objects.filter(pk__in=metrics)
    }


def _recommendations(metrics: Collection[int]) -> defaultdict[int, list[Recommendation]]:
    places: defaultdict[int, list[Recommendation]] = defaultdict(list)
    rows = RecommendedKpi.objects.filter(metric__in=metrics).select_related("core_output__position__family")
    for row in rows.order_by("core_output__position__family", "id"):
        position = row.core_output.position
        places[row.metric_id].append(
            Recommendation(
                position_id=position.pk,
                family_id=position.family_id,
                family=Text(position.family.name, position.family.name_en) if position.family else None,
                is_movable=row.is_movable,
                has_source=bool(row.source.strip()),
                serves=bool(row.core_output.serves.strip()),
            )
        )
    return places


def _linked(metrics: Collection[int], cycle: Cycle) -> Linked | None:
    """The metrics among these that key results of the cycle name or are broken into; None without any objective.

    `queries.objectives.linked_metrics` for many positions at once.
    """
    if not Objective.objects.filter(cycle=cycle).exists():
        return None
    linked: defaultdict[int | None, set[int]] = defaultdict(set)
    in_cycle = Q(key_result__objective__cycle=cycle, metric__in=metrics)
    for metric, position in KeyResultKpi.objects.filter(in_cycle).values_list("metric_id", "position_id").distinct():
        linked[position].add(metric)
    named = KeyResult.objects.filter(objective__cycle=cycle, metric__in=metrics)
    linked[None].update(named.values_list("metric_id", flat=True).distinct())
    return {position: frozenset(found) for position, found in linked.items()}


def _votes(positions: Collection[int], metrics: Collection[int]) -> defaultdict[int, dict[int, Votes]]:
    """What closed workshops said, by position and metric: `queries.workshops.movable_share` for many at once."""
    cards = WorkshopCard.objects.filter(
        workshop__position__in=positions,
        workshop__state=Workshop.State.CLOSED,
        metric__in=metrics,
        movable__isnull=False,
    )
    told: defaultdict[int, dict[int, Votes]] = defaultdict(dict)
    counted = cards.values("workshop__position", "metric").annotate(yes=Sum("movable"), voters=Sum("workshop__voters"))
    for row in counted.order_by("workshop__position", "metric"):
        told[row["workshop__position"]][row["metric"]] = Votes(row["yes"], row["voters"] or 0)
    return told
