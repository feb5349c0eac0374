"""A model given to people: a draft agreement for each of them, all in one go."""

from __future__ import annotations

from collections.abc import Sequence

from accord.goals.models import AssessmentModelVersion, Cycle
from accord.goals.services.agreements.drafting import draft_agreements
from accord.goals.services.agreements.drafts import AgreementDraft, Drafted
from accord.goals.services.assessment_models.lines import lines_of
from accord.people.models import Employee


def assign(
    version: AssessmentModelVersion, cycle: Cycle, employees: Sequence[Employee], actor: Employee | None
) -> Drafted:
    """Draft what `version` says for each of `employees`; it is for both sides of each agreement to shape and sign it.

    Somebody whose agreement is agreed to, being signed or in force is left alone, with the reason. Raises ModelError
    for a version with something to mend, DraftedMeanwhile where somebody else drafts for the same people.
    """
    lines = lines_of(version)
    return draft_agreements(cycle, [AgreementDraft(each, lines, version) for each in employees], actor)
