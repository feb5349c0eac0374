"""Closing: reasons, metrics, the model, credit, minutes, and what the fit check reads of it."""

from decimal import Decimal

import pytest

from accord.foundation.models import Event, Notification
from accord.goals.errors.workshops import AdoptedTwice, BoardChanged, ReasonMissing, WorkshopClosed
from accord.goals.models import AssessmentModelVersion, Workshop, WorkshopCard
from accord.goals.queries.assessment_models import raw_items
from accord.goals.queries.workshops import votes_on
from accord.goals.services.workshops.board import merge, move
from accord.goals.services.workshops.closing import Decision, close
from accord.goals.tests.workshops.builders import (
    IMPORTANT,
    Column,
    card_on,
    closed,
    decisions,
    team,
    vote,
    workshop_of,
)
from accord.metrics.models import Metric
from accord.metrics.services.library import MetricDefinition
from accord.people.models import Position
from accord.workflow.models import ArchiveEntry
from tests.cast import Cast


def movable_share(position: Position, metric: Metric) -> Decimal | None:
    """The share of those who voted that can move a metric."""
    votes = votes_on([metric.pk], [position.pk])[position.pk].get(metric.pk)
    return Decimal(votes.yes) / votes.of if votes else None


def adopted(workshop: Workshop, card: WorkshopCard, cast: Cast) -> None:
    card.refresh_from_db()
    move(card, Column.ADOPTED, None, card.edition, cast.manager_li)


def test_what_is_adopted_goes_into_the_model_with_its_author(cast: Cast) -> None:
    workshop = workshop_of(cast)
    card = card_on(workshop, cast.xiaozhang)
    adopted(workshop, card, cast)
    workshop.refresh_from_db()
    measured = MetricDefinition("复购率", unit="%", source="订单系统")
    chosen = decisions(workshop, {card.pk: Decision("我们每周都能推动", measured)})
    close(workshop, chosen, workshop.edition, cast.manager_li)
    metric = Metric.objects.get(name="复购率")
    assert (metric.unit, metric.source) == ("%", "订单系统")
    version = AssessmentModelVersion.objects.get(assessment_model__positions=cast.xiaozhang.position)
    (item,) = raw_items(version.body)
    assert (item["metric"], item["author"]) == (metric.pk, cast.xiaozhang.employee_no)
    card.refresh_from_db()
    assert (card.metric, card.reason) == (metric, "我们每周都能推动")
    fact = Event.objects.get(name="workshop.closed")
    assert fact.payload == {"workshop_id": workshop.pk, "adopted": [metric.pk]}
    assert Notification.objects.filter(kind="goals.workshop_closed").count() == 2
    assert ArchiveEntry.objects.get(kind="workshop.closed").subject == f"workshops:{workshop.pk}"


def test_a_metric_of_the_library_is_taken_as_it_is(cast: Cast) -> None:
    metric = Metric.objects.create(name="签约额", unit="万元")
    workshop = workshop_of(cast)
    adopted(workshop, card_on(workshop, cast.xiaozhang, "签约额", metric=metric), cast)
    closed(workshop, cast.manager_li)
    assert Metric.objects.get() == metric


def test_what_is_not_adopted_goes_nowhere(cast: Cast) -> None:
    workshop = workshop_of(cast)
    card_on(workshop, cast.xiaozhang)
    closed(workshop, cast.manager_li)
    assert not Metric.objects.exists()
    assert not AssessmentModelVersion.objects.exists()


@pytest.mark.parametrize("reason", ["", "  "])
def test_every_card_needs_a_reason(cast: Cast, reason: str) -> None:
    workshop = workshop_of(cast)
    card = card_on(workshop, cast.xiaozhang)
    workshop.refresh_from_db()
    with pytest.raises(ReasonMissing):
        close(workshop, {card.pk: Decision(reason)}, workshop.edition, cast.manager_li)
    assert Workshop.objects.get().is_open


def test_who_decided_on_an_older_board_is_told(cast: Cast) -> None:
    workshop = workshop_of(cast)
    card = card_on(workshop, cast.xiaozhang)
    workshop.refresh_from_db()
    chosen, seen = decisions(workshop), workshop.edition
    move(card, Column.ADOPTED, None, 0, cast.hrbp_wang)
    with pytest.raises(BoardChanged):
        close(workshop, chosen, seen, cast.manager_li)
    card_on(workshop, cast.colleague, "新来的")
    with pytest.raises(BoardChanged):
        close(workshop, chosen, seen, cast.manager_li)
    closed(workshop, cast.manager_li)
    with pytest.raises(WorkshopClosed):
        close(workshop, decisions(workshop), workshop.edition, cast.manager_li)
    assert Event.objects.filter(name="workshop.closed").count() == 1


def test_one_metric_is_adopted_once(cast: Cast) -> None:
    workshop = workshop_of(cast)
    first, second = card_on(workshop, cast.xiaozhang), card_on(workshop, cast.colleague)
    adopted(workshop, first, cast)
    adopted(workshop, second, cast)
    with pytest.raises(AdoptedTwice):
        closed(workshop, cast.manager_li)
    second.refresh_from_db()
    merge(second, first, second.edition, cast.manager_li)
    closed(workshop, cast.manager_li)
    assert Metric.objects.count() == 1


def test_the_share_that_can_move_a_metric_is_read_over_all_workshops(cast: Cast) -> None:
    metric = Metric.objects.create(name="签约额")
    others = team(cast, 3)
    position = cast.xiaozhang.position
    assert movable_share(position, metric) is None
    for movers in (others[:1], others[:3]):
        workshop = workshop_of(cast, *others)
        card = card_on(workshop, cast.xiaozhang, "签约额", metric=metric)
        vote(card, *others, cast.xiaozhang, marks=(IMPORTANT,))
        vote(card, *movers, marks=("movable",))
        assert movable_share(position, metric) in (None, Decimal("0.25"))  # an open workshop tells nothing
        closed(workshop, cast.manager_li)
    assert movable_share(position, metric) == Decimal(4) / 8
    assert movable_share(cast.hrbp_wang.position, metric) is None


def test_too_few_voters_tell_nothing_about_a_metric(cast: Cast) -> None:
    metric = Metric.objects.create(name="签约额")
    workshop = workshop_of(cast)
    vote(card_on(workshop, cast.xiaozhang, "签约额", metric=metric), cast.xiaozhang, cast.colleague)
    closed(workshop, cast.manager_li)
    assert movable_share(cast.xiaozhang.position, metric) is None
