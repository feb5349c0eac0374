"""What draft agreements are made from: the model of the position, or what people answered for last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from django.db import transaction

from accord.domain.assessment_model import ModelError
from accord.goals.errors.agreements import NobodyToDraftFor
from accord.goals.models import Cycle, Kpi
from accord.goals.queries.assessment_models import published_for
from accord.goals.queries.cycles import cycle_before
from accord.goals.queries.kpis import kpi_sheets
from accord.goals.services.agreements.drafting import draft_agreements
from accord.goals.services.agreements.drafts import AgreementDraft, Drafted, LineDraft
from accord.goals.services.assessment_models.lines import lines_of
from accord.people.models import Employee


@transaction.atomic
def draft_for_many(cycle: Cycle, employees: Sequence[Employee], actor: Employee) -> Drafted:
    """Draft the agreements of people from the model that is in use for their position; without one, from the KPIs they
    have in the cycle by a file, or had at the end of the last one.

    Those of whom nothing is known get none. Raises NobodyToDraftFor where that is everybody.
    """
    drafts = {draft.employee.pk: draft for draft in _by_model(employees)}
    for source in filter(None, (cycle, cycle_before(cycle))):
        drafts |= _drafts([person for person in employees if person.pk not in drafts], source)
    if not drafts:
        raise NobodyToDraftFor
    return draft_agreements(cycle, list(drafts.values()), actor)


def _by_model(employees: Sequence[Employee]) -> Iterator[AgreementDraft]:
    """Drafts by the published models of positions; one that has something to mend is as good as none."""
    for position, people in groupby(sorted(employees, key=_position), key=lambda person: person.position):
        version = published_for(position)
        try:
            lines = lines_of(version) if version else []
        except ModelError:
            lines = []
        if lines:
            yield from (AgreementDraft(person, lines, version) for person in people)


def _position(person: Employee) -> int:
    return person.position_id


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
