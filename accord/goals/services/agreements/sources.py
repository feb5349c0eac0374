"""What draft agreements can be made from without a model: what people answered for last."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from accord.goals.errors.agreements import NobodyToDraftFor
from accord.goals.models import Cycle, Kpi
from accord.goals.queries.cycles import cycle_before
from accord.goals.queries.kpis import kpi_sheets
from accord.goals.services.agreements.drafting import draft_agreements
from accord.goals.services.agreements.drafts import AgreementDraft, Drafted, LineDraft
from accord.people.models import Employee


@transaction.atomic
def draft_from_last(cycle: Cycle, employees: Sequence[Employee], actor: Employee) -> Drafted:
    """Draft the agreements of people from the KPIs they have in the cycle by a file, or had at the end of the last one.

    Those of whom nothing is known get none. Raises NobodyToDraftFor where that is everybody.
    """
    drafts = list(_drafts(employees, cycle).values())
    earlier = cycle_before(cycle)
    if earlier:
        known = {draft.employee.pk for draft in drafts}
        rest = [person for person in employees if person.pk not in known]
        drafts += _drafts(rest, earlier).values()
    if not drafts:
        raise NobodyToDraftFor
    return draft_agreements(cycle, drafts, actor)


def _drafts(employees: Sequence[Employee], cycle: Cycle) -> dict[int, AgreementDraft]:
    sheets = kpi_sheets(employees, cycle, cycle.ends_on)
    return {
        sheet.employee.pk: AgreementDraft(sheet.employee, [line_of_kpi(kpi) for kpi in sheet.kpis])
        for sheet in sheets
        if sheet.kpis
    }


def line_of_kpi(kpi: Kpi) -> LineDraft:
    """The line that a KPI would make, with the last of its targets."""
    target = list(kpi.targets.all())[-1]
    line = kpi.line
    return LineDraft(
        metric_id=kpi.series.metric_id,
        weight=kpi.weight,
        target=target.target,
        threshold=target.threshold,
        stretch=target.stretch,
        method=kpi.method,
        params=kpi.params,
        dimension=line.dimension if line else "",
        why=line.why if line else "",
        credited_id=line.credited_id if line else None,
    )
