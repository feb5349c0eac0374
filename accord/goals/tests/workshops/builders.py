"""Workshops in a line: 李经理 leads, the sales representatives of the East take part."""

from collections.abc import Mapping

from accord.goals.models import CardVote, Workshop, WorkshopCard
from accord.goals.queries.workshops import standing_cards
from accord.goals.services.workshops.board import Proposal, propose
from accord.goals.services.workshops.closing import Decision, close
from accord.goals.services.workshops.opening import Invitation, open_workshop
from accord.goals.services.workshops.voting import set_mark
from accord.people.models import Employee
from tests.cast import Cast, employee

IMPORTANT, MOVABLE = CardVote.Mark.IMPORTANT, CardVote.Mark.MOVABLE
Column = WorkshopCard.Column


def workshop_of(cast: Cast, *more: Employee) -> Workshop:
    """An open workshop of 小张, 小林 and `more`."""
    members = [cast.xiaozhang, cast.colleague, *more]
    words = {"title": "华东组共建", "question": "我们的工作该看哪些指标？", "prompts": "你贡献什么\n你能推动什么"}
    invitation = Invitation(position=cast.xiaozhang.position, org_unit=cast.east, members=members, **words)
    return open_workshop(invitation, cast.manager_li)


def team(cast: Cast, many: int) -> list[Employee]:
    """More sales representatives below 李经理."""
    return [employee(f"T{number}", f"组员{number}", cast.east, cast.manager_li) for number in range(many)]


def card_on(workshop: Workshop, author: Employee, name: str = "复购率", **more: object) -> WorkshopCard:
    return propose(workshop, Proposal(name, "老客最稳", "我每周回访", "订单系统", **more), author)  # type: ignore[arg-type]


def vote(card: WorkshopCard, *voters: Employee, marks: tuple[str, ...] = (IMPORTANT, MOVABLE)) -> None:
    for voter in voters:
        for mark in marks:
            set_mark(card, voter, mark, True)


def decisions(workshop: Workshop, more: Mapping[int, Decision] | None = None) -> dict[int, Decision]:
    return {card.pk: Decision("大家都认可") for card in standing_cards(workshop)} | dict(more or {})


def closed(workshop: Workshop, actor: Employee) -> Workshop:
    """The workshop, closed as it stands."""
    workshop.refresh_from_db()
    close(workshop, decisions(workshop), workshop.edition, actor)
    workshop.refresh_from_db()
    return workshop
