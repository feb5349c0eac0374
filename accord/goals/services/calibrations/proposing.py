"""Proposing amendments out of a meeting: for one, or the same for several, each a draft of its own two parties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accord.domain.amendments import in_proportion
from accord.foundation.errors import BusinessError
from accord.foundation.services.events import record
from accord.goals.errors.calibrations import NothingAmended, OtherTermsHold
from accord.goals.models import Agreement, AgreementLine, AgreementTerms, CalibrationItem, CalibrationMeeting
from accord.goals.queries.agreements import terms_in_force
from accord.goals.services.agreements.amending import begin_amendment
from accord.goals.services.agreements.line_checks import problems_of_lines
from accord.goals.services.calibrations.meetings import count_on
from accord.goals.services.calibrations.proposals import Proposal
from accord.people.models import Employee

_ADJUST = CalibrationItem.Decision.ADJUST


@dataclass(frozen=True)
class Proposed:
    """What became of a proposal for several people: drafts, and who was left out with the reason in words."""

    drafts: Sequence[AgreementTerms]
    left_out: Sequence[tuple[Employee, str]]


@transaction.atomic
def propose(meeting: CalibrationMeeting, agreement: Agreement, proposal: Proposal, actor: Employee) -> AgreementTerms:
    """Draft an amendment; the points about its lines are decided as adjusted by it. Its two parties agree and sign.

    Raises MeetingNotOpen, NothingAmended, or what keeps a wording from being agreed to.
    """
    count_on(meeting)
    terms = draft(agreement, proposal, actor)
    _decide_points(meeting, terms, proposal, actor)
    record(
        "calibration.proposed",
        subject=f"calibration_meetings:{meeting.pk}",
        actor=actor.user,
        meeting_id=meeting.pk,
        agreement_id=agreement.pk,
        terms_id=terms.pk,
    )
    return terms


@transaction.atomic
def propose_for_many(
    meeting: CalibrationMeeting,
    proposals: Sequence[tuple[Agreement, Proposal]],
    actor: Employee,
    change: CalibrationItem | None = None,
) -> Proposed:
    """Draft an amendment for each; whoever it cannot be drafted for is left out and named.

    `change` is the external change it answers: that point is decided with it. Raises MeetingNotOpen.
    """
    count_on(meeting)
    drafts: list[AgreementTerms] = []
    left_out: list[tuple[Employee, str]] = []
    for agreement, proposal in proposals:
        try:
            drafts.append(propose(meeting, agreement, proposal, actor))
        except BusinessError as error:
            left_out.append((agreement.employee, str(error)))
    if change and drafts:
        _decide(CalibrationItem.objects.filter(pk=change.pk), drafts[0].reason, actor)
    return Proposed(drafts, left_out)


def draft(agreement: Agreement, proposal: Proposal, actor: Employee) -> AgreementTerms:
    """Write the wording that a proposal makes of an agreement, in the caller's transaction, and check it whole.

    Raises OtherTermsHold where the numbers were compared with terms that do not hold on the day it takes effect.
    """
    held = terms_in_force(agreement, proposal.effective_on)
    if held and proposal.base and held.pk != proposal.base:
        raise OtherTermsHold(day=proposal.effective_on, number=held.number)
    terms = begin_amendment(
        agreement,
        actor,
        effective_on=proposal.effective_on,
        reason=proposal.reason,
        is_retroactive=proposal.is_retroactive,
    )
    lines = list(terms.lines.all())
    moved = [line for line in lines if _move(line, proposal.changes.get(line.metric_id, {}))]
    if not moved:
        raise NothingAmended
    for problem in problems_of_lines(lines):
        raise problem
    for line in moved:
        line.save(update_fields=["weight", "target", "threshold", "stretch", "schedule"])
    return terms


def _move(line: AgreementLine, changes: Mapping[str, Decimal | None]) -> bool:
    """Give a line its new numbers; a new target holds for the rest of its season too, in proportion."""
    differing = {name: value for name, value in changes.items() if getattr(line, name) != value}
    target = differing.get("target")
    if target is not None and line.target:
        line.schedule = in_proportion(line.schedule, line.target, target)
    for name, value in differing.items():
        setattr(line, name, value)
    return bool(differing)


def _decide_points(meeting: CalibrationMeeting, terms: AgreementTerms, proposal: Proposal, actor: Employee) -> None:
    """The points about the changed lines, or about the whole agreement, are settled by it; without any it is one."""
    about = CalibrationItem.objects.filter(meeting=meeting, agreement=terms.agreement_id)
    settled = about.filter(Q(metric__in=proposal.changes) | Q(metric=None))
    if settled.exists():
        settled.update(amendment=terms)
        _decide(settled, proposal.reason, actor)
        return
    [metric] = proposal.changes if len(proposal.changes) == 1 else [None]
    item = CalibrationItem.objects.create(
        meeting=meeting,
        agreement=terms.agreement,
        metric_id=metric,
        kind=CalibrationItem.Kind.RAISED,
        amendment=terms,
        order=CalibrationItem.objects.filter(meeting=meeting).count(),
    )
    _decide(CalibrationItem.objects.filter(pk=item.pk), proposal.reason, actor)


def _decide(points: QuerySet[CalibrationItem], reason: str, actor: Employee) -> None:
    """Adjusted, for the reason of the amendment; a word that somebody wrote before stays."""
    points.filter(note="").update(note=reason.strip())
    points.update(decision=_ADJUST, decided_by=actor, decided_at=timezone.now(), edition=F("edition") + 1)
