"""The wording of an agreement: edited by both sides, agreed to by each. First terms and amendments alike.

Every change is made by compare-and-set on the edition its author saw, and takes back what either side had agreed to.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.db.models.functions import Coalesce
from django.utils import timezone

from accord.domain.wording import percent
from accord.foundation.clock import organisation_day
from accord.foundation.errors import BusinessError
from accord.goals.errors import agreements as errors
from accord.goals.models import AgreementLine, AgreementTerms
from accord.goals.notices.agreements import AGREED, CHANGED, PROPOSED
from accord.goals.queries.agreements import base_of, line_of, terms_in_full
from accord.goals.services.agreements.copying import next_wording
from accord.goals.services.agreements.drafts import LineDraft
from accord.goals.services.agreements.laying_out import lay_out
from accord.goals.services.agreements.line_checks import check_line, problems_of_lines
from accord.goals.services.agreements.lines import as_draft
from accord.goals.services.agreements.sides import has_agreed, other_side, require_side
from accord.goals.services.agreements.telling import note_terms, tell
from accord.metrics.models import Metric
from accord.metrics.templatetags.metrics import metric_name
from accord.people.models import Employee
from accord.workflow.services.documents import withdraw

__all__ = [
    "add_line",
    "agree",
    "edit_line",
    "edit_weights",
    "lay_out",
    "problems",
    "propose",
    "remove_line",
    "take_back",
]

State = AgreementTerms.State
NUMBERS = ("weight", "target", "threshold", "stretch")
AGREED_UPON = (*NUMBERS, "schedule", "why", "key_result_id")
_SCORING = ("method", "params")


@transaction.atomic
def edit_line(terms: AgreementTerms, actor: Employee, edition: int, metric_id: int, changes: Mapping[str, Any]) -> int:
    """Change a line; `changes` holds weight, target, threshold, stretch, schedule, why, key_result_id, and method and
    params where no assessment model fixes them. Returns the new edition; what stays the same changes nothing.

    Raises NotYourAgreement, EditedMeanwhile, NotBeingAgreed, NoSuchLine, FixedByModel, or what `check_line` raises.
    """
    terms = _seen(terms, actor)
    line = _line(terms, metric_id)
    unknown = set(changes) - {*AGREED_UPON, *_SCORING}
    if unknown:
        raise ValueError(f"a line has nothing like {sorted(unknown)} to agree on")
    changed = {name: value for name, value in changes.items() if getattr(line, name) != value}
    if changed.keys() & set(_SCORING) and terms.agreement.model_version_id is not None:
        raise errors.FixedByModel(metric=metric_name(line.metric))
    if not changed:
        return _unchanged(terms, edition)
    for name, value in changed.items():
        setattr(line, name, value)
    check_line(line)
    after_edition = _claim(terms, actor, edition)
    line.save(update_fields=[name.removesuffix("_id") for name in changed])
    note_terms("line_changed", terms, actor.user, metric_id=metric_id, changed=sorted(changed))
    return after_edition


@transaction.atomic
def edit_weights(terms: AgreementTerms, actor: Employee, edition: int, weights: Mapping[int, Decimal]) -> int:
    """Change the weights of several lines at once, by metric, so that they can be balanced. Raises as `edit_line`."""
    terms = _seen(terms, actor)
    lines = [_line(terms, metric_id) for metric_id in weights]
    changed = [line for line in lines if line.weight != weights[line.metric_id]]
    if not changed:
        return _unchanged(terms, edition)
    for line in changed:
        line.weight = weights[line.metric_id]
        check_line(line)
    after = _claim(terms, actor, edition)
    AgreementLine.objects.bulk_update(changed, ["weight"])
    for line in changed:
        note_terms("line_changed", terms, actor.user, metric_id=line.metric_id, changed=["weight"])
    return after


@transaction.atomic
def add_line(terms: AgreementTerms, actor: Employee, edition: int, draft: LineDraft) -> int:
    """Add a line at the end. Raises as `edit_line` does, and LineThere for a metric that has one already."""
    terms = _seen(terms, actor)
    metric = Metric.objects.get(pk=draft.metric_id)
    if any(line.metric_id == metric.pk for line in terms.lines.all()):
        raise errors.LineThere(metric=metric_name(metric))
    last = terms.lines.aggregate(last=Max("order"))["last"]
    values = {name: getattr(draft, name) for name in LineDraft.__dataclass_fields__ if name != "schedule"}
    line = AgreementLine(
        **values,
        terms=terms,
        schedule=[list(part) for part in draft.schedule],
        order=0 if last is None else last + 1,
    )
    line.metric = metric
    check_line(line)
    after = _claim(terms, actor, edition)
    line.save()
    note_terms("line_added", terms, actor.user, metric_id=metric.pk)
    return after


@transaction.atomic
def remove_line(terms: AgreementTerms, actor: Employee, edition: int, metric_id: int) -> int:
    """Take a line out. Raises as `edit_line` does, and LineRequired where the model gives it a least weight."""
    terms = _seen(terms, actor)
    line = _line(terms, metric_id)
    if line.weight_min:
        raise errors.LineRequired(metric=metric_name(line.metric), least=percent(line.weight_min))
    after = _claim(terms, actor, edition)
    line.delete()
    note_terms("line_removed", terms, actor.user, metric_id=metric_id)
    return after


@transaction.atomic
def propose(terms: AgreementTerms, actor: Employee) -> None:
    """Put a draft before the employee; once is enough, again changes nothing."""
    terms = _seen(terms, actor)
    first = AgreementTerms.objects.filter(pk=terms.pk, state=State.DRAFT, proposed_at=None)
    if first.update(proposed_at=timezone.now()):
        note_terms("proposed", terms, actor.user)
        tell(PROPOSED, terms.agreement, [other_side(terms.agreement, actor)], f"{terms.pk} proposed", name=actor.name)


@transaction.atomic
def agree(terms: AgreementTerms, actor: Employee, edition: int) -> AgreementTerms:
    """Say yes to the lines as they stood in `edition`; the second yes lays the document out. Twice is once.

    Raises NotYourAgreement, EditedMeanwhile, NotBeingAgreed, or the first of `problems`.
    """
    terms = _seen(terms, actor)
    side = require_side(terms.agreement, actor)
    if terms.edition == edition and has_agreed(terms, side):
        return terms
    for problem in problems(terms):
        raise problem
    now = timezone.now()
    still = AgreementTerms.objects.filter(
        pk=terms.pk, state=State.DRAFT, edition=edition, **{f"{side}_agreed_at": None}
    )
    if not still.update(**{f"{side}_agreed_at": now}, proposed_at=Coalesce("proposed_at", now)):
        terms = terms_in_full().get(pk=terms.pk)
        if terms.edition == edition and has_agreed(terms, side):
            return terms
        raise lost(terms)
    note_terms("agreed", terms, actor.user, side=side)
    # Read again: where both agree at once, the second one sees the first one's word and lays the document out.
    terms = terms_in_full().get(pk=terms.pk)
    if terms.employee_agreed_at and terms.manager_agreed_at:
        lay_out(terms, actor)
    else:
        other = other_side(terms.agreement, actor)
        tell(AGREED, terms.agreement, [other], f"{terms.pk} agreed {edition}", name=actor.name)
    return terms


@transaction.atomic
def take_back(terms: AgreementTerms, actor: Employee) -> AgreementTerms:
    """Take back one's own yes. Where the document is laid out and nobody has signed, it is withdrawn and a copy of the
    wording can be edited again; that copy is returned. Raises SignedAlready once somebody has signed.
    """
    terms = _seen(terms, actor)
    side = require_side(terms.agreement, actor)
    if terms.state == State.SIGNING and terms.document:
        taken = AgreementTerms.objects.filter(pk=terms.pk, state=State.SIGNING)
        if not taken.update(state=State.WITHDRAWN):
            raise lost(terms)
        withdraw(terms.document, actor)
        note_terms("taken_back", terms, actor.user, side=side)
        return next_wording(terms, actor)
    agreed = AgreementTerms.objects.filter(pk=terms.pk, state=State.DRAFT, **{f"{side}_agreed_at__isnull": False})
    if agreed.update(**{f"{side}_agreed_at": None}):
        note_terms("taken_back", terms, actor.user, side=side)
    elif terms.state != State.DRAFT:
        raise lost(terms)
    return terms


def problems(terms: AgreementTerms) -> list[BusinessError]:
    """Everything that keeps both from agreeing to a wording as it stands."""
    found: list[BusinessError] = list(problems_of_lines(terms.lines.all()))
    base = base_of(terms) if terms.is_amendment else None
    if base and _sorted(base) == _sorted(terms):
        found.append(errors.NothingChanged())
    return found


def lost(terms: AgreementTerms) -> BusinessError:
    """What to tell somebody whose compare-and-set failed."""
    now = AgreementTerms.objects.get(pk=terms.pk)
    if now.state != State.DRAFT:
        return errors.NotBeingAgreed(state=now.get_state_display())
    return errors.EditedMeanwhile()


def _seen(terms: AgreementTerms, actor: Employee) -> AgreementTerms:
    """The wording as it stands now, for one of its two sides."""
    now = terms_in_full().get(pk=terms.pk)
    require_side(now.agreement, actor)
    return now


def _sorted(terms: AgreementTerms) -> list[LineDraft]:
    return sorted((as_draft(line) for line in terms.lines.all()), key=lambda line: line.metric_id)


def _line(terms: AgreementTerms, metric_id: int) -> AgreementLine:
    found = line_of(terms, metric_id)
    if found is None:
        raise errors.NoSuchLine
    return found


def _claim(terms: AgreementTerms, actor: Employee, edition: int) -> int:
    """Take the wording from the edition its author saw to the next, without any yes. Raises what `lost` says."""
    still = AgreementTerms.objects.filter(pk=terms.pk, state=State.DRAFT, edition=edition)
    if not still.update(edition=F("edition") + 1, employee_agreed_at=None, manager_agreed_at=None):
        raise lost(terms)
    if terms.employee_agreed_at or terms.manager_agreed_at:
        occasion = f"{terms.pk} changed {organisation_day()}"
        tell(CHANGED, terms.agreement, [other_side(terms.agreement, actor)], occasion, name=actor.name)
    return edition + 1


def _unchanged(terms: AgreementTerms, edition: int) -> int:
    if terms.state != State.DRAFT or terms.edition != edition:
        raise lost(terms)
    return edition
