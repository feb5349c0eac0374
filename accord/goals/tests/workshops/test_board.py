"""The board: cards are proposed, moved from the edition one saw, and merged without counting anybody twice."""

import pytest

from accord.foundation.models import Event, Notification
from accord.goals.errors.workshops import CardMoved, CardsNotMergeable, NobodyToInvite, WorkshopClosed
from accord.goals.models import CardVote, Workshop
from accord.goals.queries.workshops import Board, own_marks
from accord.goals.services.workshops.board import discuss, merge, move
from accord.goals.services.workshops.opening import Invitation, open_workshop
from accord.goals.services.workshops.voting import set_mark
from accord.goals.tests.workshops.builders import (
    IMPORTANT,
    MOVABLE,
    Column,
    card_on,
    closed,
    team,
    vote,
    workshop_of,
)
from tests.cast import Cast


def names(workshop: Workshop, column: str) -> list[str]:
    found = next(each for each in Board(workshop, None).columns if each.code == column)
    return [one.card.name for one in found.cards]


def test_members_are_told_once_and_the_opening_is_a_fact(cast: Cast) -> None:
    workshop = workshop_of(cast)
    told = Notification.objects.filter(kind="goals.workshop_opened")
    assert {each.recipient for each in told} == {cast.xiaozhang.user, cast.colleague.user}
    assert Event.objects.get(name="workshop.opened").payload == {"workshop_id": workshop.pk}


def test_a_workshop_needs_somebody(cast: Cast) -> None:
    invitation = Invitation("空", "问", "", cast.hrbp_wang.position, cast.east, [])
    with pytest.raises(NobodyToInvite):
        open_workshop(invitation, cast.manager_li)
    assert not Workshop.objects.exists()


def test_cards_lie_where_they_were_put(cast: Cast) -> None:
    workshop = workshop_of(cast)
    first, second, third = (card_on(workshop, cast.xiaozhang, name) for name in "甲乙丙")
    assert names(workshop, Column.PROPOSED) == ["甲", "乙", "丙"]
    move(third, Column.PROPOSED, 0, 0, cast.manager_li)
    assert names(workshop, Column.PROPOSED) == ["丙", "甲", "乙"]
    move(first, Column.ADOPTED, None, 0, cast.manager_li)
    move(second, Column.ADOPTED, 0, 0, cast.manager_li)
    assert (names(workshop, Column.PROPOSED), names(workshop, Column.ADOPTED)) == (["丙"], ["乙", "甲"])


def test_two_facilitators_do_not_overwrite_each_other(cast: Cast) -> None:
    workshop = workshop_of(cast)
    card = card_on(workshop, cast.xiaozhang)
    move(card, Column.ADOPTED, None, 0, cast.manager_li)
    with pytest.raises(CardMoved):
        move(card, Column.PARKED, None, 0, cast.hrbp_wang)
    assert names(workshop, Column.ADOPTED) == ["复购率"]
    assert Event.objects.filter(name="workshop.card_moved").count() == 1
    move(card, Column.PARKED, None, 1, cast.hrbp_wang)


def test_comments_and_votes_follow_a_merged_card_and_nobody_counts_twice(cast: Cast) -> None:
    workshop = workshop_of(cast)
    kept, same = card_on(workshop, cast.xiaozhang), card_on(workshop, cast.colleague, "老客复购率")
    vote(kept, cast.xiaozhang)
    vote(same, cast.xiaozhang, marks=(IMPORTANT,))
    vote(same, cast.colleague, marks=(MOVABLE,))
    discuss(same, "口径一样", cast.colleague)
    merge(same, kept, 0, cast.manager_li)
    assert kept.comments.get().text == "口径一样"
    assert sorted(CardVote.objects.values_list("card", "mark")) == [
        (kept.pk, IMPORTANT),
        (kept.pk, MOVABLE),
        (kept.pk, MOVABLE),
    ]
    assert own_marks(kept, cast.colleague) == {MOVABLE}
    assert names(workshop, Column.PROPOSED) == ["复购率"]


def test_what_cannot_be_merged_is_refused_and_stays(cast: Cast) -> None:
    workshop, other = workshop_of(cast), workshop_of(cast)
    one, two, three = (card_on(workshop, cast.xiaozhang, name) for name in "甲乙丙")
    merge(one, two, 0, cast.manager_li)
    for card, into in ((three, one), (three, three), (three, card_on(other, cast.xiaozhang))):
        with pytest.raises(CardsNotMergeable):
            merge(card, into, 0, cast.manager_li)
    with pytest.raises(CardMoved):  # it is part of another already
        merge(one, three, 1, cast.manager_li)
    merge(two, three, 1, cast.manager_li)
    one.refresh_from_db()
    assert one.merged_into == three
    assert names(workshop, Column.PROPOSED) == ["丙"]


def test_a_closed_workshop_is_final(cast: Cast) -> None:
    workshop = workshop_of(cast)
    card, other = card_on(workshop, cast.xiaozhang), card_on(workshop, cast.xiaozhang, "另一个")
    closed(workshop, cast.manager_li)
    for attempt in (
        lambda: card_on(workshop, cast.xiaozhang),
        lambda: discuss(card, "晚了", cast.xiaozhang),
        lambda: move(card, Column.ADOPTED, None, 0, cast.manager_li),
        lambda: merge(card, other, 0, cast.manager_li),
        lambda: set_mark(card, cast.xiaozhang, IMPORTANT, True),
    ):
        with pytest.raises(WorkshopClosed):
            attempt()
    assert not CardVote.objects.exists()


def test_a_board_of_any_size_takes_the_same_statements(cast: Cast, django_assert_num_queries) -> None:
    workshop = workshop_of(cast, *team(cast, 3))
    for many in (10, 20):
        for number in range(10):
            vote(card_on(workshop, cast.xiaozhang, f"{many}-{number}"), cast.xiaozhang)
        with django_assert_num_queries(2):
            board = Board(workshop, cast.xiaozhang)
            assert sum(one.is_movable for column in board.columns for one in column.cards) == many
