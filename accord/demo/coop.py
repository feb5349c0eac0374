"""What 远航电商 builds together: a workshop that is over, one that is going on, and a quarter of check-ins."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from accord.demo.clock import Calendar, Story, at
from accord.demo.coop_words import CLOSED, LINES, OPEN, Card, Line, Session
from accord.demo.paperwork import Desk
from accord.goals.models import CardVote, CheckInRhythm, Workshop, WorkshopCard
from accord.goals.queries.workshops import standing_cards
from accord.goals.services.check_ins import Words, check_in, correct, set_rhythm
from accord.goals.services.workshops.board import Proposal, discuss, merge, move, propose
from accord.goals.services.workshops.closing import Decision, close
from accord.goals.services.workshops.opening import Invitation, open_workshop
from accord.goals.services.workshops.voting import set_mark
from accord.metrics.models import Metric
from accord.metrics.services.library import MetricDefinition
from accord.people.models import Employee

_LEADER = "YH0004"
_MARKS = {"重": CardVote.Mark.IMPORTANT, "动": CardVote.Mark.MOVABLE}
_DAILY = "YH0007"
_WEEKS = 13


def tell_of_coop(desk: Desk, calendar: Calendar, today: date) -> None:
    """Let the stories of workshops and check-ins begin."""
    calendar.add(_workshop(desk, CLOSED, today - timedelta(days=CLOSED.days_ago)))
    calendar.add(_workshop(desk, OPEN, today - timedelta(days=OPEN.days_ago)))
    for place, (number, lines) in enumerate(LINES.items()):
        calendar.add(_check_ins(desk.people[number], lines, today, place))


def _workshop(desk: Desk, session: Session, on: date) -> Story:
    yield at(on, 10)
    leader = desk.people[_LEADER]
    members = [each for each in desk.people.values() if _takes_part(each, leader)]
    words = {"title": session.title, "question": session.question, "prompts": "\n".join(session.prompts)}
    position, unit = members[0].position, members[0].org_unit
    workshop = open_workshop(Invitation(position=position, org_unit=unit, members=members, **words), leader)
    made: dict[str, WorkshopCard] = {}
    for hours, each in enumerate(session.cards):
        yield at(on + timedelta(days=hours // 4), 11 + hours % 4 * 2, 7 * hours % 50)
        made[each.name] = _propose(desk, workshop, each)
    yield at(on + timedelta(days=2), 16)
    for each in session.cards:
        _vote(desk, made[each.name], each)
    for each in session.cards:
        _sort(made, each, leader)
    if session.is_closed:
        yield at(on + timedelta(days=3), 17)
        workshop.refresh_from_db()
        close(workshop, dict(_decisions(workshop, session)), workshop.edition, leader)


def _takes_part(person: Employee, leader: Employee) -> bool:
    return person.manager_id == leader.pk and person.position.name == "店铺运营"


def _propose(desk: Desk, workshop: Workshop, card: Card) -> WorkshopCard:
    metric = Metric.objects.filter(name=card.name).first()
    source = card.source or (metric.source if metric else "")
    made = propose(workshop, Proposal(card.name, card.why, card.how, source, metric), desk.people[card.author])
    for number, words in card.comments:
        discuss(made, words, desk.people[number])
    return made


def _vote(desk: Desk, made: WorkshopCard, card: Card) -> None:
    for sign, numbers in card.votes.items():
        for number in numbers:
            set_mark(made, desk.people[f"YH{number:04d}"], _MARKS[sign], True)


def _sort(made: dict[str, WorkshopCard], card: Card, leader: Employee) -> None:
    here = WorkshopCard.objects.select_related("workshop").get(pk=made[card.name].pk)
    if card.merged_into:
        merge(here, made[card.merged_into], here.edition, leader)
    elif card.column != here.column:
        move(here, card.column, None, here.edition, leader)


def _decisions(workshop: Workshop, session: Session) -> Iterable[tuple[int, Decision]]:
    told = {card.name: card for card in session.cards}
    for card in standing_cards(workshop):
        source = told[card.name].source
        measured = MetricDefinition(card.name, told[card.name].english, unit="%", decimals=1, source=source)
        yield card.pk, Decision(told[card.name].reason, measured)


def _check_ins(person: Employee, lines: Iterable[Line], today: date, place: int) -> Story:
    """One line a week, from a quarter ago; who is listed later checks in later on the day."""
    if person.employee_no == _DAILY:
        yield at(today - timedelta(weeks=_WEEKS, days=3), 9)
        set_rhythm(person, CheckInRhythm.Rhythm.DAILY)
    for line in lines:
        on = today - timedelta(days=line.days_ago)
        yield at(on, 16 + place % 3, 11 + 6 * place)
        words = Words(
            line.moved,
            line.confidence,
            metric=Metric.objects.filter(name=line.metric).first(),
            value=line.value,
            obstacle=line.obstacle,
            link=line.link,
        )
        made = check_in(person, words, on=on)
        if line.corrected:
            yield at(on + timedelta(days=1), 9, 20)
            correct(made, Words(**vars(words) | {"moved": line.corrected}))
