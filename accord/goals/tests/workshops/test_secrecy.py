"""Who voted what: nobody learns it from a page, an event, a row, a number, a tag or the minutes (docs/adr/0017)."""

import json
import re

import pytest
from django.core import serializers
from django.db import models
from django.test import Client, override_settings
from django.urls import reverse

from accord.foundation.models import Event
from accord.goals.ballots import FEWEST_VOTERS, ballot_of
from accord.goals.models import CardVote, Workshop, WorkshopCard, WorkshopMember
from accord.goals.queries.workshops import Board, own_marks
from accord.goals.services.workshops.voting import set_mark
from accord.goals.tests.workshops.builders import IMPORTANT, MOVABLE, card_on, closed, team, vote, workshop_of
from accord.people.models import Employee
from accord.workflow.models import ArchivePayload
from tests.cast import Cast


def page_for(person: Employee, address: str, **headers: str) -> str:
    client = Client()
    client.force_login(person.user)
    return client.get(address, headers=headers).content.decode()


def test_a_vote_writes_nothing_but_itself(cast: Cast) -> None:
    workshop = workshop_of(cast)
    card = card_on(workshop, cast.xiaozhang)
    events, before = Event.objects.count(), Workshop.objects.values().get()
    card_before = WorkshopCard.objects.values().get()
    vote(card, cast.xiaozhang)
    set_mark(card, cast.xiaozhang, MOVABLE, False)
    assert Event.objects.count() == events
    assert Workshop.objects.values().get() == before
    assert WorkshopCard.objects.values().get() == card_before


def test_a_stored_vote_holds_no_person_no_time_and_no_running_number(cast: Cast) -> None:
    vote(card_on(workshop_of(cast), cast.xiaozhang), cast.xiaozhang)
    fields = {field.name: field for field in CardVote._meta.get_fields()}
    assert set(fields) == {"id", "card", "voter", "mark"}
    assert isinstance(fields["id"], models.UUIDField)
    told = serializers.serialize("json", CardVote.objects.all())
    assert str(cast.xiaozhang.employee_no) not in told
    # The code needs the secret key, which a copy of the database does not hold.
    (code,) = set(CardVote.objects.values_list("voter", flat=True))
    with override_settings(SECRET_KEY="another"):
        assert ballot_of(Workshop.objects.get(), cast.xiaozhang) != code


def test_one_person_has_another_code_in_every_workshop(cast: Cast) -> None:
    assert ballot_of(workshop_of(cast), cast.xiaozhang) != ballot_of(workshop_of(cast), cast.xiaozhang)


@pytest.mark.parametrize("who", ["manager_li", "hrbp_wang", "executive_chen", "colleague"])
def test_the_board_looks_the_same_to_others_whatever_one_votes(cast: Cast, who: str) -> None:
    workshop = workshop_of(cast)
    card = card_on(workshop, cast.xiaozhang)
    watcher = getattr(cast, who)
    addresses = [reverse("goals:workshop_board", args=[workshop.pk]), reverse("goals:workshop_card", args=[card.pk])]

    def looks() -> list[str]:
        return [_without_tokens(page_for(watcher, address)) for address in addresses]

    before = looks()
    client = Client()
    client.force_login(watcher.user)
    tag = client.get(addresses[0])["ETag"]
    vote(card, cast.xiaozhang)
    assert looks() == before
    assert client.get(addresses[0], headers={"If-None-Match": tag}).status_code == 304


def test_ones_own_marks_are_on_ones_own_board_only(cast: Cast) -> None:
    workshop = workshop_of(cast)
    card = card_on(workshop, cast.xiaozhang)
    vote(card, cast.xiaozhang, marks=(IMPORTANT,))
    assert own_marks(card, cast.xiaozhang) == {IMPORTANT}
    assert Board(workshop, cast.colleague).mine == {}
    assert Board(workshop, cast.xiaozhang).tag("zh-hans") != Board(workshop, cast.colleague).tag("zh-hans")
    assert Board(workshop, None).tag("zh-hans") == Board(workshop, cast.colleague).tag("zh-hans")


def test_closing_leaves_totals_and_deletes_every_vote(cast: Cast) -> None:
    first, second, *_rest = team(cast, 2)
    workshop = workshop_of(cast, first, second)
    card = card_on(workshop, cast.xiaozhang)
    vote(card, cast.xiaozhang, first)
    vote(card, second, marks=(IMPORTANT,))
    closed(workshop, cast.manager_li)
    card.refresh_from_db()
    assert (workshop.voters, card.important, card.movable) == (3, 3, 2)
    assert not CardVote.objects.exists()


def test_of_few_voters_no_totals_are_kept(cast: Cast) -> None:
    (first,) = team(cast, 1)
    workshop = workshop_of(cast, first)
    card = card_on(workshop, cast.xiaozhang)
    vote(card, cast.xiaozhang, first)
    assert FEWEST_VOTERS == 3
    closed(workshop, cast.manager_li)
    card.refresh_from_db()
    assert (workshop.voters, card.important, card.movable) == (2, None, None)
    page = page_for(cast.manager_li, reverse("goals:workshop", args=[workshop.pk]))
    assert "minutes-tally" not in page


def test_what_outlasts_the_closing_says_nothing_about_who_voted(cast: Cast) -> None:
    """Two workshops in which other people chose leave the same traces, but for keys and times."""
    members = [cast.xiaozhang, cast.colleague, *team(cast, 2)]
    traces = []
    for chosen in (members[:3], members[1:]):
        workshop = workshop_of(cast, *members[2:])
        card = card_on(workshop, cast.xiaozhang)
        vote(card, *chosen)
        closed(workshop, cast.manager_li)
        rows = list(WorkshopCard.objects.filter(workshop=workshop).values("important", "movable", "author"))
        joined = list(WorkshopMember.objects.filter(workshop=workshop).values_list("employee", flat=True))
        events = list(Event.objects.filter(subject=f"workshops:{workshop.pk}").values_list("name", "actor"))
        minutes = ArchivePayload.objects.get(entry__subject=f"workshops:{workshop.pk}").payload
        traces.append((rows, joined, events, json.loads(minutes) if isinstance(minutes, str) else minutes))
    assert traces[0] == traces[1]


def _without_tokens(page: str) -> str:
    return re.sub(r"[A-Za-z0-9]{64}", "", page)
