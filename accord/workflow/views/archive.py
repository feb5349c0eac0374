"""The auditor's pages: how the archive is, looking for records, one record with its proof."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accord.domain.transparency.canonical import canonical
from accord.workflow.access.archive import ensure_may_read_archive, record_for
from accord.workflow.forms.archive import SearchForm
from accord.workflow.queries.archive.health import health
from accord.workflow.queries.archive.proofs import proof_of, receipt_of
from accord.workflow.queries.archive.records import erasures, find


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """The state of the archive, and the records that are looked for."""
    ensure_may_read_archive(request.user)
    form = SearchForm(request.GET)
    search = form.search()
    if form.is_valid() and form.cleaned_data["seq"]:
        return redirect("workflow:archive_record", form.cleaned_data["seq"])
    shown = {name: form.data.get(name, "") for name in ("kind", "subject", "since", "until")}
    context = {"form": form, "found": find(search), "is_search": any(shown.values()), "health": health()}
    return render(request, "workflow/archive.html", context)


@require_safe
def archive_record(request: HttpRequest, seq: int) -> HttpResponse:
    """One record, what proves it, and what that does not prove."""
    entry, record = record_for(request.user, seq)
    return render(request, "workflow/archive_record.html", {"entry": entry, "proof": proof_of(record)})


@require_safe
def archive_receipt(request: HttpRequest, seq: int) -> HttpResponse:
    """The record with its proof as a file to take along."""
    entry, _record = record_for(request.user, seq)
    response = HttpResponse(canonical(receipt_of(entry)) + "\n", content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="receipt-{seq}.json"'
    return response


@require_safe
def archive_erasures(request: HttpRequest) -> HttpResponse:
    """What was erased, and which record says so."""
    ensure_may_read_archive(request.user)
    return render(request, "workflow/archive_erasures.html", {"erasures": erasures()})
