"""Drafting agreements for a few people or for everybody: a fixed number of statements a batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accord.foundation.clock import organisation_day
from accord.foundation.inserting import insert_rows
from accord.foundation.models import User
from accord.foundation.services.events import record_batch
from accord.goals.errors.agreements import DraftedMeanwhile
from accord.goals.models import Agreement, AgreementLine, AgreementTerms, Cycle
from accord.goals.notices.agreements import CHANGED
from accord.goals.queries.agreements import terms_in_full
from accord.goals.services.agreements.drafts import AgreementDraft, Drafted, LineDraft
from accord.goals.services.agreements.lines import insert_lines
from accord.goals.services.agreements.standing import Standing, State, standings
from accord.goals.services.agreements.telling import tell_all
from accord.people.models import Employee

_BATCH = 2_000


@dataclass
class _Work:
    """What is to be written for one batch."""

    fresh: list[tuple[AgreementDraft, date]] = field(default_factory=list)
    again: list[tuple[AgreementDraft, Standing]] = field(default_factory=list)
    changed: dict[int, Sequence[LineDraft]] = field(default_factory=dict)
    known: list[tuple[AgreementDraft, Standing]] = field(default_factory=list)
    skipped: list[tuple[Employee, str]] = field(default_factory=list)


@transaction.atomic
def draft_agreements(cycle: Cycle, drafts: Sequence[AgreementDraft], actor: Employee | None) -> Drafted:
    """Make a draft agreement for everybody in `drafts`, or bring the one they have up to date.

    A draft is brought up to date by metric: weight, target, threshold, stretch and schedule are replaced, other lines
    stay; another model version replaces all lines. That takes back what either side had agreed to. What both have
    agreed to, is being signed or in force is left alone, with the reason. Somebody hired within the cycle begins on
    that day. Raises DraftedMeanwhile where somebody else drafts for the same people at the same moment.
    """
    user = actor.user if actor else None
    once = list({draft.employee.pk: draft for draft in drafts}.values())
    created: list[int] = []
    updated: list[int] = []
    skipped: list[tuple[Employee, str]] = []
    for start in range(0, len(once), _BATCH):
        batch = once[start : start + _BATCH]
        work = _plan(cycle, batch)
        created += _create(cycle, work, actor)
        updated += _bring_up_to_date(work, actor)
        skipped += work.skipped
    _record("agreement.drafted", created, user)
    return Drafted(created=created, updated=updated, skipped=skipped)


def _plan(cycle: Cycle, batch: Sequence[AgreementDraft]) -> _Work:
    work = _Work()
    known = standings(cycle, [draft.employee.pk for draft in batch])
    for draft in batch:
        standing, starts_on = _place(cycle, draft, known.get(draft.employee.pk, []))
        if refusal := _refusal(cycle, draft, standing, starts_on):
            work.skipped.append((draft.employee, refusal))
        elif standing is None:
            work.fresh.append((draft, starts_on))
        elif standing.draft is None:
            work.again.append((draft, standing))
        else:
            work.known.append((draft, standing))
            lines = _merged(draft, standing)
            if lines != list(standing.lines):
                work.changed[standing.draft.pk] = lines
    return work


def _place(cycle: Cycle, draft: AgreementDraft, known: Sequence[Standing]) -> tuple[Standing | None, date]:
    """The agreement that a draft is about, or None with the day on which a new one begins."""
    hired = draft.employee.hired_on
    first = max(cycle.starts_on, hired) if hired else cycle.starts_on
    if draft.starts_on is not None:
        same = next((one for one in known if one.agreement.starts_on == draft.starts_on), None)
        return same, draft.starts_on
    if not known:
        return None, first
    last = known[-1]
    if last.agreement.ends_on < cycle.ends_on:
        return None, last.agreement.ends_on + timedelta(days=1)
    return last, last.agreement.starts_on


def _refusal(cycle: Cycle, draft: AgreementDraft, standing: Standing | None, starts_on: date) -> str:
    if draft.employee.status == Employee.Status.LEFT:
        return _("has left")
    if standing is None:
        if not cycle.starts_on <= starts_on <= cycle.ends_on:
            return _("does not work here in this cycle")
        return "" if draft.manager or draft.employee.manager_id else _("has no line manager who could sign")
    if standing.is_any(State.SIGNING):
        return _("the agreement waits for signatures")
    if standing.is_any(State.SIGNED):
        return _("the agreement is in force; it changes by a signed amendment only")
    wording = standing.draft
    if wording and wording.employee_agreed_at and wording.manager_agreed_at:
        return _("both have agreed to the wording already")
    return ""


def _merged(draft: AgreementDraft, standing: Standing) -> list[LineDraft]:
    version = draft.model_version
    if version and version.pk != standing.agreement.model_version_id:
        return [_normal(line) for line in draft.lines]
    lines = {line.metric_id: line for line in standing.lines}
    for line in map(_normal, draft.lines):
        held = lines.get(line.metric_id)
        lines[line.metric_id] = _brought_up(held, line) if held else line
    return list(lines.values())


def _brought_up(held: LineDraft, line: LineDraft) -> LineDraft:
    return replace(
        held,
        weight=line.weight,
        target=line.target,
        threshold=line.threshold,
        stretch=line.stretch,
        schedule=line.schedule,
    )


def _normal(line: LineDraft) -> LineDraft:
    """The same line as it comes back from the database."""
    parts = ((first, last, target) for first, last, target in line.schedule)
    return replace(line, schedule=tuple(parts), params=dict(line.params))


def _create(cycle: Cycle, work: _Work, actor: Employee | None) -> list[int]:
    """New agreements with their first wording, and the next wording of those whose last one came to nothing."""
    made_by = actor.pk if actor else None
    try:
        # COPY speaks with the driver itself, whose errors are told as Django's here.
        with transaction.atomic(), connection.wrap_database_errors:
            agreements = _insert_agreements(cycle, work.fresh, made_by)
            wordings = dict.fromkeys(agreements.values(), 1)
            wordings |= {one.agreement.pk: one.terms[-1].number + 1 for _draft, one in work.again}
            terms = _insert_terms(wordings, made_by)
    except IntegrityError as error:
        raise DraftedMeanwhile from error
    lines = {agreements[draft.employee.pk]: draft.lines for draft, _day in work.fresh}
    lines |= {one.agreement.pk: draft.lines for draft, one in work.again}
    insert_lines({terms[agreement]: drafts for agreement, drafts in lines.items()})
    _set_models(work.again)
    return list(wordings)


def _insert_agreements(
    cycle: Cycle, fresh: Sequence[tuple[AgreementDraft, date]], made_by: int | None
) -> dict[int, int]:
    """The keys of new agreements by employee."""
    columns = ("cycle_id", "employee_id", "manager_id", "model_version_id", "starts_on", "ends_on", "made_by_id")
    ends_on = cycle.ends_on.isoformat()
    insert_rows(
        Agreement,
        columns,
        (
            (
                cycle.pk,
                draft.employee.pk,
                draft.manager.pk if draft.manager else draft.employee.manager_id,
                draft.model_version.pk if draft.model_version else None,
                starts_on.isoformat(),
                ends_on,
                made_by,
            )
            for draft, starts_on in fresh
        ),
    )
    days = {draft.employee.pk: starts_on for draft, starts_on in fresh}
    rows = Agreement.objects.filter(cycle=cycle, employee__in=days).values_list("employee_id", "starts_on", "pk")
    return {employee: pk for employee, starts_on, pk in rows if starts_on == days[employee]}


def _insert_terms(wordings: Mapping[int, int], made_by: int | None) -> dict[int, int]:
    """The keys of new wordings by agreement; they hold from the first day of their agreement."""
    starts = dict(Agreement.objects.filter(pk__in=wordings).values_list("pk", "starts_on"))
    columns = ("agreement_id", "number", "effective_on", "is_retroactive", "state", "made_by_id")
    insert_rows(
        AgreementTerms,
        columns,
        (
            (agreement, number, starts[agreement].isoformat(), True, State.DRAFT.value, made_by)
            for agreement, number in wordings.items()
        ),
    )
    drafts = AgreementTerms.objects.filter(agreement__in=wordings, state=State.DRAFT)
    return dict(drafts.values_list("agreement_id", "pk"))


def _bring_up_to_date(work: _Work, actor: Employee | None) -> list[int]:
    if work.changed:
        _tell_of_lost_words(work, actor)
        AgreementLine.objects.filter(terms__in=work.changed).delete()
        insert_lines(work.changed)
        AgreementTerms.objects.filter(pk__in=work.changed).update(
            edition=F("edition") + 1, employee_agreed_at=None, manager_agreed_at=None
        )
    _set_models(work.known)
    touched = [one.agreement.pk for _draft, one in work.known if one.draft and one.draft.pk in work.changed]
    _record("agreement.redrafted", touched, actor.user if actor else None)
    return [one.agreement.pk for _draft, one in work.known]


def _tell_of_lost_words(work: _Work, actor: Employee | None) -> None:
    """Whoever had said yes to a wording that is changed for them is told that it no longer counts."""
    drafts = terms_in_full().prefetch_related(None).filter(pk__in=work.changed)
    told = []
    for terms in drafts.exclude(employee_agreed_at=None, manager_agreed_at=None):
        both = {terms.agreement.employee: terms.employee_agreed_at, terms.agreement.manager: terms.manager_agreed_at}
        givers = [person for person, at in both.items() if at and person != actor]
        told.append((terms.agreement, givers, f"{terms.pk} changed {organisation_day()}"))
    tell_all(CHANGED, told, name=actor.name if actor else "HR")


def _set_models(pairs: Iterable[tuple[AgreementDraft, Standing]]) -> None:
    """Agreements follow the model version of their draft: one statement a version, however many people."""
    following: dict[int, list[int]] = {}
    for draft, standing in pairs:
        version = draft.model_version
        if version and version.pk != standing.agreement.model_version_id:
            following.setdefault(version.pk, []).append(standing.agreement.pk)
    for version_id, agreements in following.items():
        Agreement.objects.filter(pk__in=agreements).update(model_version=version_id)


def _record(name: str, agreements: Sequence[int], user: User | None) -> None:
    record_batch(name, [(f"agreements:{pk}", {"agreement_id": pk}) for pk in agreements], actor=user)
