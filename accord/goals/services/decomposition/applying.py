"""Handing a decomposition out: a draft agreement for everybody, and a record of who got what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accord.domain.decomposition.schedules import Schedule
from accord.domain.decomposition.settings import read_settings
from accord.domain.wording import trimmed
from accord.foundation.services import events
from accord.goals.models import Agreement, Decomposition
from accord.goals.queries.decomposition.planning import Plan, Row
from accord.goals.queries.decomposition.roster import Member, Roster
from accord.goals.services.agreements.drafting import draft_agreements
from accord.goals.services.agreements.drafts import AgreementDraft, Drafted
from accord.goals.services.decomposition.changing import checked_plan, claim
from accord.goals.services.decomposition.lines import (
    calendars,
    lines_before,
    lines_with,
    model_lines,
    targets_of,
)
from accord.people.models import Employee
from accord.workflow.services.archive.keeping import keep

CREATED, UPDATED, SKIPPED = "created", "updated", "skipped"


@transaction.atomic
def apply(decomposition: Decomposition, edition: int, actor: Employee) -> Drafted:
    """Draft agreements for all below the root who carry the metric or have a model, and archive the whole table.

    A fixed number of statements a batch of people. Raises DecompositionChanged, DecompositionApplied, CannotDecompose.
    """
    claim(decomposition, edition)
    plan = checked_plan(decomposition, read_settings(decomposition.settings))
    targets, drafts, left_out = _drafts(decomposition, plan)
    drafted = draft_agreements(decomposition.cycle, drafts, actor)
    skipped = {employee.pk: reason for employee, reason in (*left_out, *drafted.skipped)}
    decomposition.result = _result(plan, targets, _outcomes(drafts, drafted), skipped)
    decomposition.state, decomposition.applied_by = Decomposition.State.APPLIED, actor
    decomposition.applied_at = timezone.now()
    decomposition.save(update_fields=["result", "state", "applied_by", "applied_at"])
    _tell(decomposition, drafted, len(skipped), actor, plan.roster)
    return drafted


def _drafts(
    decomposition: Decomposition, plan: Plan
) -> tuple[dict[str, dict[int, Schedule]], list[AgreementDraft], list[tuple[Employee, str]]]:
    """Everybody's targets by node, the drafts, and who gets none with the reason."""
    spread = calendars(decomposition, plan)
    rows = {row.key: row for row in plan.rows if row.member}
    by_model = model_lines({each.version.pk: each.version for each in plan.roster.members if each.version}.values())
    before = lines_before(decomposition.root, decomposition.cycle)
    targets: dict[str, dict[int, Schedule]] = {}
    drafts, left_out = [], []
    for member in plan.roster.members:
        if reason := _reason_against(member):
            left_out.append((member.employee, reason))
            continue
        row = rows.get(member.key)
        own = targets_of(plan, row, member.employee, spread) if row else {}
        lines = by_model[member.version.pk] if member.version else before.get(member.employee.pk, ())
        carried = plan.metric.pk if member.carries else None
        targets[member.key] = own
        drafts.append(AgreementDraft(member.employee, lines_with(lines, own, carried), member.version))
    return targets, drafts, left_out


def _reason_against(member: Member) -> str:
    if not member.days:
        return _("on leave for the whole cycle")
    if not member.carries and member.version is None:
        return _("does not carry this metric and has no assessment model")
    return ""


def _outcomes(drafts: list[AgreementDraft], drafted: Drafted) -> dict[int, str]:
    """What became of each draft, by employee."""
    made = set(Agreement.objects.filter(pk__in=drafted.created).values_list("employee", flat=True))
    skipped = {employee.pk for employee, _reason in drafted.skipped}
    people = (draft.employee.pk for draft in drafts)
    return {pk: CREATED if pk in made else UPDATED for pk in people if pk not in skipped}


def _result(
    plan: Plan, targets: Mapping[str, Mapping[int, Schedule]], outcomes: Mapping[int, str], skipped: Mapping[int, str]
) -> dict[str, Any]:
    """The whole table as plain values: what is shown from now on, and archived."""
    rows = [_written(plan, row, targets, outcomes, skipped) for row in plan.rows]
    shown = {row.key for row in plan.rows}
    others = [_other(member, outcomes, skipped) for member in plan.roster.members if member.key not in shown]
    return {"metrics": [metric.pk for metric in plan.metrics], "rows": rows, "others": others}


def _written(
    plan: Plan,
    row: Row,
    targets: Mapping[str, Mapping[int, Schedule]],
    outcomes: Mapping[int, str],
    skipped: Mapping[int, str],
) -> dict[str, Any]:
    line: dict[str, Any] = {
        "key": row.key,
        "depth": row.depth,
        "above": row.above,
        "values": {str(pk): trimmed(value) for pk, value in plan.stored(row.quantities).items()},
    }
    if row.member is None:
        return line | {"name": row.unit.name if row.unit else ""}
    periods = {
        str(pk): [f"{one.target:f}", [list(run) for run in one.runs]] for pk, one in targets.get(row.key, {}).items()
    }
    return line | _other(row.member, outcomes, skipped) | {"leads": row.is_leader, "periods": periods}


def _other(member: Member, outcomes: Mapping[int, str], skipped: Mapping[int, str]) -> dict[str, Any]:
    pk = member.employee.pk
    return {
        "key": member.key,
        "name": member.employee.name,
        "no": member.employee.employee_no,
        "position": member.employee.position.name,
        "outcome": outcomes.get(pk, SKIPPED),
        "reason": str(skipped.get(pk, "")),
    }


def _tell(decomposition: Decomposition, drafted: Drafted, skipped: int, actor: Employee, roster: Roster) -> None:
    subject = f"decompositions:{decomposition.pk}"
    counts = {"created": len(drafted.created), "updated": len(drafted.updated), "skipped": skipped}
    events.record(
        "decomposition.applied", subject=subject, actor=actor.user, decomposition_id=decomposition.pk, **counts
    )
    payload = {
        "name": decomposition.name,
        "cycle": decomposition.cycle.name,
        "metric": decomposition.metric.name,
        "unit": decomposition.root.path,
        "target": f"{decomposition.target:f}",
        "settings": decomposition.settings,
        "result": decomposition.result,
    }
    keep("decomposition.applied", subject, payload, actor=actor, about=[member.employee for member in roster.members])
