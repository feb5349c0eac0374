"""Where the agreements of many people in a cycle stand, read for drafting with the same few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F

from accord.goals.models import Agreement, AgreementLine, AgreementTerms, Cycle
from accord.goals.services.agreements.drafts import LineDraft
from accord.goals.services.agreements.lines import as_draft

State = AgreementTerms.State


@dataclass(frozen=True)
class Standing:
    """One agreement with all its wordings in their order, and the lines of the one that is still a draft."""

    agreement: Agreement
    terms: Sequence[AgreementTerms]
    lines: Sequence[LineDraft] = ()

    @property
    def draft(self) -> AgreementTerms | None:
        """The wording that is being agreed."""
        return next((one for one in self.terms if one.state == State.DRAFT), None)

    def is_any(self, state: str) -> bool:
        """Whether one of its wordings is in `state`."""
        return any(one.state == state for one in self.terms)


def standings(cycle: Cycle, employees: Collection[int]) -> dict[int, list[Standing]]:
    """The agreements of these people in a cycle by employee, the earliest first.

    Drafts are held until the transaction ends: whoever edits one meanwhile comes after us and is told.
    """
    within = AgreementTerms.objects.filter(agreement__cycle=cycle, agreement__employee__in=employees)
    within.filter(state=State.DRAFT).update(edition=F("edition"))
    terms: defaultdict[int, list[AgreementTerms]] = defaultdict(list)
    for one in within.order_by("number"):
        terms[one.agreement_id].append(one)
    lines = _lines_of_drafts(within.filter(state=State.DRAFT).values_list("pk", flat=True))
    found: defaultdict[int, list[Standing]] = defaultdict(list)
    for agreement in Agreement.objects.filter(cycle=cycle, employee__in=employees).order_by("starts_on"):
        wordings = terms[agreement.pk]
        draft = next((one.pk for one in wordings if one.state == State.DRAFT), 0)
        found[agreement.employee_id].append(Standing(agreement, wordings, lines.get(draft, ())))
    return found


def _lines_of_drafts(drafts: Collection[int]) -> Mapping[int, list[LineDraft]]:
    found: defaultdict[int, list[LineDraft]] = defaultdict(list)
    for line in AgreementLine.objects.filter(terms__in=drafts).order_by("order", "id"):
        found[line.terms_id].append(as_draft(line))
    return found
