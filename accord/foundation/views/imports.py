"""Bringing files in: the list, the upload, the run with its check, its load and its files."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.foundation.imports import runs
from accord.foundation.imports.access import (
    ADD,
    ensure_may_import,
    may_read,
    run_for,
    run_to_change,
    run_to_read,
    visible_runs,
)
from accord.foundation.imports.errors import NotWaiting
from accord.foundation.imports.files import path_of
from accord.foundation.imports.forms import UploadForm
from accord.foundation.imports.kinds import import_kind, import_kinds
from accord.foundation.imports.pages import RunPage
from accord.foundation.imports.templates import write_template

PER_PAGE = 20


@require_GET
def list_runs(request: HttpRequest) -> HttpResponse:
    """Every import, newest first, and the ways to start one."""
    page = Paginator(visible_runs(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "foundation/imports_page.html",
        {
            "page": page,
            "rows": [RunPage(run) for run in page],
            "kinds": import_kinds(),
            "may_import": request.user.has_perm(ADD),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new_run(request: HttpRequest, kind: str) -> HttpResponse:
    """Choose a file; it is stored and checked, nothing is loaded yet."""
    ensure_may_import(request.user)
    chosen = import_kind(kind)
    form = UploadForm(chosen, *([request.POST, request.FILES] if request.method == "POST" else []))
    if form.is_valid():
        upload = form.cleaned_data["file"]
        run = runs.start(kind, upload.chunks(), upload.name, actor=request.user, options=form.option_values())  # type: ignore[arg-type]
        return redirect("foundation:import_run", run.pk)
    context = {"form": form, "kind": chosen, "code": kind, "columns": _columns(kind)}
    return render(request, "foundation/import_new_page.html", context, status=422 if form.errors else 200)


def _columns(kind: str) -> list[tuple[str, str, bool]]:
    """Each column's header in the reader's language, the other ways to write it, and whether it is needed."""
    language = get_language() or "zh-hans"
    shown = [(column, column.header_in(language)) for column in import_kind(kind).load_columns()]
    return [
        (header, "、".join(other for other in column.headers if other != header), column.required)
        for column, header in shown
    ]


@require_GET
def template(request: HttpRequest, kind: str) -> FileResponse:
    """The template of a kind as a workbook."""
    ensure_may_import(request.user)
    chosen = import_kind(kind)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(path, chosen, get_language() or "zh-hans")
        # The open file outlives its folder.
        return _attachment(path, _("%(kind)s template") % {"kind": chosen.label} + ".xlsx")


@require_GET
def show_run(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of a file, and what may be done with it now."""
    run = run_for(request.user, pk)
    context = {"item": RunPage(run), "may_read": may_read(request.user, run), "may_import": request.user.has_perm(ADD)}
    return render(request, "foundation/import_run_page.html", context)


@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel that a working run's page asks for again and again; unchanged it costs a 304."""
    page = RunPage(run_for(request.user, pk))
    if request.headers.get("If-None-Match") == page.etag:
        return HttpResponseNotModified(headers={"ETag": page.etag})
    if page.is_working:
        response = render(request, "foundation/import_progress.html", {"item": page})
    else:
        response = HttpResponse(headers={"HX-Refresh": "true"})
    response["ETag"] = page.etag
    return response


@require_POST
def load_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the good rows loaded. A second click finds the load on its way and shows it."""
    run = run_to_change(request.user, pk)
    try:
        runs.request_load(run, request.user)  # type: ignore[arg-type]
    except NotWaiting as error:
        messages.info(request, str(error))
    return redirect("foundation:import_run", run.pk)


@require_POST
def discard_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a checked file go."""
    run = run_to_change(request.user, pk)
    runs.discard(run)
    messages.success(request, _("Nothing of %(file)s was loaded.") % {"file": run.file_name})
    return redirect("foundation:imports")


@require_GET
def original(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it was sent."""
    run = run_to_read(request.user, pk)
    if not run.stored_as:
        raise Http404
    return _attachment(path_of(run.stored_as), run.file_name)


@require_GET
def refused(request: HttpRequest, pk: int) -> FileResponse:
    """The refused rows with their reasons."""
    run = run_to_read(request.user, pk)
    if not run.refused_stored_as:
        raise Http404
    path = path_of(run.refused_stored_as)
    return _attachment(path, f"{Path(run.file_name).stem}.refused{path.suffix}")


def _attachment(path: Path, name: str) -> FileResponse:
    """A file that a browser saves and never shows."""
    try:
        stream = path.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(
        stream,
        as_attachment=True,
        filename=name,
        content_type="application/octet-stream",
        headers={"X-Content-Type-Options": "nosniff"},
    )
