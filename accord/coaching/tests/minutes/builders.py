"""Talks with minutes in every state, made through the product's own commands."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from accord.coaching.models import Minutes, OneOnOne, Pairing
from accord.coaching.queries.minutes import minutes_in_full
from accord.coaching.services.minutes import begin, lay_out, save
from accord.coaching.services.minutes.confirming import KIND, follow_ended, follow_signed
from accord.foundation.clock import organisation_day
from accord.people.models import Employee
from accord.workflow.models import DocumentParty
from accord.workflow.services.documents import refuse, sign
from accord.workflow.services.merging import Change
from accord.workflow.tests.document_builders import SECRET
from tests.cast import Cast


def soon(days: int = 7) -> date:
    """A day from today on."""
    return organisation_day() + timedelta(days=days)


def words(**more: Any) -> dict[str, Any]:
    """Usual minutes."""
    promised = [
        {"who": "employee", "what": "换掉首图", "due": soon().isoformat()},
        {"who": "manager", "what": "和法务定付款条款", "due": soon(3).isoformat()},
    ]
    return {"decisions": "广告收窄到复购人群", "commitments": promised, "disagreements": "是否降价，下月再看", **more}


def held_talk(cast: Cast, begun: bool = True) -> OneOnOne:
    """A talk of 小张 and 李经理 yesterday."""
    day = organisation_day() - timedelta(days=1)
    at = timezone.make_aware(datetime.combine(day, time(10)), timezone.get_default_timezone())
    pairing, _ = Pairing.objects.get_or_create(
        manager=cast.manager_li,
        employee=cast.xiaozhang,
        defaults={
            "rhythm": "FREQ=MONTHLY",
            "starts_on": day,
            "begins_at": time(10),
            "time_zone": "Asia/Shanghai",
            "made_by": cast.manager_li,
        },
    )
    slot = at - timedelta(hours=OneOnOne.objects.count())
    state = OneOnOne.State.HELD if begun else OneOnOne.State.PLANNED
    return OneOnOne.objects.create(
        pairing=pairing, slot=slot, planned_at=slot, minutes=30, state=state, begun_at=slot if begun else None
    )


def drafted(cast: Cast, **more: Any) -> Minutes:
    """A draft by 李经理."""
    made = begin(held_talk(cast), cast.manager_li)
    return written(made, cast.manager_li, **words(**more))


def written(minutes: Minutes, by: Employee, window: str = "1-a", **fields: Any) -> Minutes:
    """The draft after somebody wrote in it what nobody else had touched."""
    now = minutes_in_full().get(pk=minutes.pk)
    changes = {key: Change(now.answers.get(key), value) for key, value in fields.items()}
    return save(now, changes, by, window).minutes


def laid_out(cast: Cast, **more: Any) -> Minutes:
    """Minutes that wait for both."""
    made = drafted(cast, **more)
    lay_out(made, cast.manager_li, made.revision)
    return minutes_in_full().get(pk=made.pk)


def confirmed(cast: Cast, **more: Any) -> Minutes:
    """Minutes that both have signed, and what follows."""
    made = laid_out(cast, **more)
    for side in (cast.xiaozhang, cast.manager_li):
        sign_for(side, made)
    follow_signed(made.document_id, KIND, f"minutes:{made.pk}")
    return minutes_in_full().get(pk=made.pk)


def refused(cast: Cast, reason: str = "没有答应这一条") -> Minutes:
    """Minutes that 小张 refused."""
    made = laid_out(cast)
    party = DocumentParty.objects.get(document=made.document_id, employee=cast.xiaozhang)
    refuse(party, cast.xiaozhang.user, made.document.digest, reason, SECRET)  # type: ignore[union-attr]
    follow_ended(made.document_id, KIND, f"minutes:{made.pk}")
    return minutes_in_full().get(pk=made.pk)


def sign_for(person: Employee, minutes: Minutes) -> None:
    """Let somebody sign with their password."""
    party = DocumentParty.objects.select_related("document").get(document=minutes.document_id, employee=person)
    sign(party, person.user, party.document.digest, SECRET)  # type: ignore[arg-type]
