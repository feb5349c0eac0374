"""What the fit check has to know of positions and metrics, read in a constant number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from accord.domain.fit import FitFacts, KnownMetric, Recommendation
from accord.domain.wording import Text
from accord.goals.models import Cycle, RecommendedKpi
from accord.goals.queries.objectives import linked_metrics
from accord.goals.queries.workshops import votes_on
from accord.metrics.models import Freshness, Metric
from accord.people.models import Position


def facts_of(positions: Collection[int], metrics: Collection[int], cycle: Cycle) -> dict[int, FitFacts]:
    """The facts about each of some positions and all of some metrics in a cycle: eight statements at most."""
    known = _known_metrics(metrics)
    linked, votes = linked_metrics(metrics, cycle), votes_on(metrics, positions)
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
