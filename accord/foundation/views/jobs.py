"""Background jobs: what runs, waits and failed, and running it again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accord.foundation.access import delivery_to_run_again, ensure_may_see_jobs, job_to_run_again
from accord.foundation.queries.jobs import board_version, jobs_board
from accord.foundation.services.jobs import run_delivery_again, run_job_again


@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    """The page, which keeps itself up to date through `board`."""
    ensure_may_see_jobs(request.user)
    return render(request, "foundation/jobs_page.html", _context(request))


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """The part that changes, asked for every few seconds; unchanged it costs a 304."""
    ensure_may_see_jobs(request.user)
    tag = f'"{board_version()}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    response = render(request, "foundation/jobs_board.html", _context(request))
    response["ETag"] = tag
    return response


@require_POST
def run_job(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a failed job have all its attempts once more."""
    job = job_to_run_again(request.user, pk)
    return _answer(request, run_job_again(job.pk, actor=request.user))  # type: ignore[arg-type]


@require_POST
def run_delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a failed reaction have all its attempts once more."""
    delivery = delivery_to_run_again(request.user, pk)
    return _answer(request, run_delivery_again(delivery.pk, actor=request.user))  # type: ignore[arg-type]


def _context(request: HttpRequest) -> dict[str, Any]:
    return {"board": jobs_board(), "may_run": request.user.has_perm("foundation.change_job")}


def _answer(request: HttpRequest, is_waiting: bool) -> HttpResponse:
    if is_waiting:
        messages.success(request, _("It will be run again in a moment."))
    else:
        messages.info(request, _("It is no longer among the failed; somebody may have been faster."))
    return redirect("foundation:jobs")
