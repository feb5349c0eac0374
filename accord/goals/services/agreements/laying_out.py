"""Laying a wording out for signature: the document, and the plain values from which its numbers can be rebuilt."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accord.goals.errors.agreements import NotBeingAgreed
from accord.goals.models import AgreementLine, AgreementTerms
from accord.goals.queries.agreements import base_of
from accord.goals.queries.fit import misfits_of
from accord.goals.services.agreements.paper import line_in_words, paper_text, removed_in_words
from accord.goals.services.agreements.telling import note_terms
from accord.people.models import Employee
from accord.people.queries.on_paper import person_on_paper
from accord.workflow.models import Document
from accord.workflow.services.documents import make_document

AGREEMENT, AMENDMENT = "performance_agreement", "agreement_amendment"
KINDS = (AGREEMENT, AMENDMENT)
_SUBJECT = "agreement_terms:"
_EMPLOYEE = {"zh": "甲方（员工）", "en": "Employee"}
_MANAGER = {"zh": "乙方（直属上级）", "en": "Line manager"}
State = AgreementTerms.State


@transaction.atomic
def lay_out(terms: AgreementTerms, actor: Employee) -> Document:
    """Make the document that both sign of a wording to which both have agreed.

    Raises NotBeingAgreed where the wording is not a draft any more, or one side has not said yes.
    """
    agreed = AgreementTerms.objects.filter(pk=terms.pk, edition=terms.edition, state=State.DRAFT).exclude(
        employee_agreed_at=None
    )
    if not agreed.exclude(manager_agreed_at=None).update(state=State.SIGNING):
        terms.refresh_from_db(fields=["state"])
        raise NotBeingAgreed(state=terms.get_state_display())
    agreement = terms.agreement
    content = content_of(terms)
    document = make_document(
        AMENDMENT if terms.is_amendment else AGREEMENT,
        _title(terms),
        paper_text(content),
        content,
        [(agreement.employee, _EMPLOYEE), (agreement.manager, _MANAGER)],
        subject=f"{_SUBJECT}{terms.pk}",
        made_by=actor,
    )
    AgreementTerms.objects.filter(pk=terms.pk).update(document=document)
    terms.state, terms.document = State.SIGNING, document
    note_terms("laid_out", terms, actor.user, document_id=document.pk)
    return document


def terms_id_of(subject: str) -> int | None:
    """The key of the terms that a document is about."""
    number = subject.removeprefix(_SUBJECT)
    return int(number) if subject.startswith(_SUBJECT) and number.isdecimal() else None


def content_of(terms: AgreementTerms) -> dict[str, Any]:
    """Everything a wording says, as plain values: what is shown as a table under `rows`, the rest for programs."""
    agreement = terms.agreement
    base = base_of(terms) if terms.is_amendment else None
    content: dict[str, Any] = {
        "v": 1,
        "agreement": {"id": agreement.pk, **_days(agreement)},
        "cycle": {"id": agreement.cycle_id, "name": agreement.cycle.name, **_days(agreement.cycle)},
        "people": {"employee": person_on_paper(agreement.employee), "manager": person_on_paper(agreement.manager)},
        "terms": {
            "id": terms.pk,
            "number": terms.number,
            "edition": terms.edition,
            "effective_on": terms.effective_on.isoformat(),
            "is_retroactive": terms.is_retroactive,
            "reason": terms.reason,
        },
        "lines": [_line(line) for line in terms.lines.all()],
        "before": [_line(line) for line in base.lines.all()] if base else [],
        "overrides": _overrides(terms),
        "replaced": _replaced(terms),
    }
    return {**content, "rows": _rows(content, is_amendment=base is not None)}


def _title(terms: AgreementTerms) -> str:
    agreement = terms.agreement
    kind = "绩效合约变更" if terms.is_amendment else "绩效合约"
    return f"{agreement.cycle.name} {kind} · {agreement.employee.name}"


def _rows(content: dict[str, Any], *, is_amendment: bool) -> list[dict[str, Any]]:
    before = {line["metric"]: line for line in content["before"]}
    kept = {line["metric"] for line in content["lines"]}
    rows = [
        {
            "label": line["name"],
            "value": line_in_words(line, before.get(line["metric"]), is_amendment=is_amendment),
        }
        for line in content["lines"]
    ]
    removed = [line for line in content["before"] if line["metric"] not in kept]
    return rows + [{"label": line["name"], "value": removed_in_words(line)} for line in removed]


def _line(line: AgreementLine) -> dict[str, Any]:
    metric = line.metric
    return {
        "metric": metric.pk,
        "name": {"zh": metric.name, "en": metric.name_en or metric.name},
        "unit": metric.unit,
        "direction": metric.direction,
        "frequency": str(metric.frequency),
        "aggregation": metric.aggregation,
        "source": metric.source,
        "dimension": line.dimension,
        "weight": str(line.weight),
        "method": line.method,
        "params": line.params,
        "target": str(line.target),
        "threshold": _text(line.threshold),
        "stretch": _text(line.stretch),
        "schedule": [[str(first), str(last), target] for first, last, target in line.schedule],
        "why": line.why,
        "credited": line.credited.employee_no if line.credited else "",
        "credited_name": line.credited.name if line.credited else "",
        "key_result": line.key_result_id,
        "key_result_title": line.key_result.title if line.key_result else "",
    }


def _overrides(terms: AgreementTerms) -> list[dict[str, Any]]:
    """The words with which warnings about this wording stand, as its page shows them; they are signed too."""
    names = {line.metric_id: line.metric.name for line in terms.lines.all()}
    found = [misfit.override for misfit in misfits_of(terms) if misfit.override]
    return [
        {
            "code": each.code,
            "metric": each.metric_id,
            "metric_name": names.get(each.metric_id or 0, ""),
            "word": each.word,
            "by": each.made_by.name,
        }
        for each in found
    ]


def _replaced(terms: AgreementTerms) -> list[dict[str, Any]]:
    """The terms signed before that were to begin later: these, signed last, hold in their place."""
    later = AgreementTerms.objects.filter(
        agreement=terms.agreement_id, state=State.SIGNED, effective_on__gt=terms.effective_on
    )
    rows = later.order_by("effective_on", "number").values_list("number", "effective_on")
    return [{"number": number, "effective_on": day.isoformat()} for number, day in rows]


def _days(span: Any) -> dict[str, str]:
    return {"starts_on": span.starts_on.isoformat(), "ends_on": span.ends_on.isoformat()}


def _text(value: object) -> str:
    return "" if value is None else str(value)
