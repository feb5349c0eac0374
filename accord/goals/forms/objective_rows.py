"""Rows of key results and of KPIs on a page, and what they are turned into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest

from accord.domain.objectives import evened
from accord.foundation.requests import whole_number
from accord.goals.access.objectives import Rights
from accord.goals.forms.objectives import CheckInForm, KeyResultForm, KpiForm
from accord.goals.models import KeyResult, KeyResultCheckIn, Objective
from accord.goals.queries.objective_lists import measurable, positions
from accord.goals.queries.objectives import SeenKeyResult, SeenObjective
from accord.goals.services.objectives.breaking_down import KpiDraft
from accord.goals.services.objectives.key_results import KeyResultDraft

FEWEST, MOST = 3, 8
"""Rows for key results: three to begin with, and never more than eight. Two to four are enough."""
MOST_KPIS = 6

Rows = Any
_KeyResults = forms.formset_factory(KeyResultForm, extra=0, max_num=MOST, absolute_max=MOST)
_Kpis = forms.formset_factory(KpiForm, extra=0, max_num=MOST_KPIS, absolute_max=MOST_KPIS)


@dataclass(frozen=True)
class ReportableResult:
    """A key result on the page of its objective; with a `form` for whoever may report on it."""

    seen: SeenKeyResult
    form: CheckInForm | None


def reportable(objective: SeenObjective, rights: Rights, *, is_open: bool) -> list[ReportableResult]:
    """The key results of an objective, each with the form of a check-in where the reader may write one."""
    return [
        ReportableResult(each, CheckInForm(each.key_result) if is_open and rights.may_report(each.key_result) else None)
        for each in objective.results
    ]


@dataclass(frozen=True)
class SaidLine:
    """A line of the past; with a `form` for whoever may correct it."""

    line: KeyResultCheckIn
    form: CheckInForm | None


def correctable(lines: Sequence[KeyResultCheckIn], results: Sequence[ReportableResult]) -> list[SaidLine]:
    """The lines of an objective, each with the form of a correction where the reader may write one."""
    mine = {each.seen.key_result.pk: each.seen.key_result for each in results if each.form}
    return [
        SaidLine(line, CheckInForm(mine[line.key_result_id], line=line) if _may_correct(line, mine) else None)
        for line in lines
    ]


def _may_correct(line: KeyResultCheckIn, mine: Mapping[int, KeyResult]) -> bool:
    return line.key_result_id in mine and not hasattr(line, "corrected_by")


def key_result_rows(objective: Objective, sent: Mapping[str, Any] | None) -> Rows:
    """The key results of an objective as rows, with empty ones to fill in."""
    given: dict[str, Any] = {"form_kwargs": {"metrics": measurable()}, "prefix": "kr"}
    if sent is not None:
        return _KeyResults(sent, **given)
    known = [_as_row(result) for result in objective.key_results.all()]
    blank: list[dict[str, Any]] = [{}] * max(FEWEST - len(known), 0)
    return _KeyResults(initial=known + blank, **given)


def shown_again(objective: Objective, formset: Rows, wanted: str) -> Rows:
    """What was sent, once more: with weights evened out (`even`), or with one more empty row (`more`)."""
    formset.is_valid()
    rows = [dict(getattr(form, "cleaned_data", {}), **_as_sent(form)) for form in formset]
    if wanted == "even":
        filled = [row for row in rows if row.get("title")]
        for row, weight in zip(filled, evened([row.get("weight") for row in filled]), strict=True):
            row["weight"] = weight
    elif len(rows) < MOST:
        rows.append({})
    return _KeyResults(initial=rows, form_kwargs={"metrics": measurable()}, prefix="kr")


def drafts(formset: Rows) -> list[KeyResultDraft]:
    """The key results that the rows of a valid form say."""
    filled = [form.cleaned_data for form in formset if form.cleaned_data.get("title")]
    return [
        KeyResultDraft(
            title=row["title"],
            kind=row["kind"],
            metric=row["metric"],
            unit=row["unit"],
            start=row["start"] or Decimal(),
            target=row["target"] if row["target"] is not None else Decimal(1),
            weight=row["weight"] or Decimal(),
            owner=row["owner"],
            pk=row["pk"],
        )
        for row in filled
    ]


def kpi_rows(result: KeyResult, sent: Mapping[str, Any] | None) -> Rows:
    """The KPIs of a key result as rows, with empty ones to fill in."""
    given: dict[str, Any] = {"form_kwargs": {"metrics": measurable(), "positions": positions()}, "prefix": "kpi"}
    if sent is not None:
        return _Kpis(sent, **given)
    known = [{"metric": kpi.metric_id, "position": kpi.position_id, "target": kpi.target} for kpi in result.kpis.all()]
    return _Kpis(initial=(known + [{}] * MOST_KPIS)[: max(FEWEST, min(len(known) + 2, MOST_KPIS))], **given)


def kpi_drafts(formset: Rows) -> list[KpiDraft]:
    """The KPIs that the rows of a valid form say."""
    filled = [form.cleaned_data for form in formset if form.cleaned_data.get("metric")]
    return [
        KpiDraft(row["metric"].pk, row["position"].pk if row["position"] else None, row["target"]) for row in filled
    ]


def edition_of(request: HttpRequest) -> int:
    """The edition of the objective that the author of a form saw; one that never was for whatever else is sent."""
    found = whole_number(request.POST.get("edition", ""))
    return 2**31 - 2 if found is None else found


def edition_shown(request: HttpRequest, objective: Objective) -> int:
    """The edition that a form goes on with: what its author saw first."""
    return edition_of(request) if request.method == "POST" else objective.edition


def _as_row(result: KeyResult) -> dict[str, Any]:
    names = ("pk", "title", "kind", "start", "target", "unit", "weight", "owner")
    return {name: getattr(result, name) for name in names} | {"metric": result.metric_id}


def _as_sent(form: KeyResultForm) -> dict[str, Any]:
    """What was written into the fields that were not understood, so that nothing is lost."""
    return {name: form[name].data for name in form.errors if name in form.fields}
