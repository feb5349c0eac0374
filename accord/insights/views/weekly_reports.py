"""Weekly reports: the reader's own list, one report, its PDF, and how they want it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accord.foundation.requests import SignedInRequest
from accord.insights.access.weekly_reports import own_reports, report_for
from accord.insights.forms.weekly_reports import WishForm
from accord.insights.printing.weekly_reports import file_name, report_as_pdf
from accord.insights.queries.weekly_reports.corrections import later_values
from accord.insights.queries.weekly_reports.readers import wish_of
from accord.insights.queries.weekly_reports.reading import read_report
from accord.insights.services.weekly_reports import change_wish, mark_report_read, stop_mail
from accord.insights.services.weekly_reports.wishes import user_of_stop

_ON_A_PAGE = 13


@require_safe
def report_list(request: SignedInRequest) -> HttpResponse:
    """What was written to the reader, the newest first."""
    page = Paginator(own_reports(request.user), _ON_A_PAGE).get_page(request.GET.get("page"))
    reports = [read_report(report) for report in page]
    return render(request, "insights/weekly_reports_index.html", {"page": page, "reports": reports})


@require_safe
def report_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """One report as it was sent, with what was corrected since."""
    report = report_for(request.user, pk)
    mark_report_read(report)
    shown = read_report(report, later=later_values(report, request.user))
    return render(request, "insights/weekly_reports_page.html", {"report": shown})


@require_safe
def report_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    """The report on paper, as it was sent."""
    report = report_for(request.user, pk)
    paper = report_as_pdf(report, request.LANGUAGE_CODE)
    headers = {"Content-Disposition": f'attachment; filename="{file_name(report)}"'}
    return HttpResponse(paper, content_type="application/pdf", headers=headers)


@require_http_methods(["GET", "POST"])
def wish_page(request: SignedInRequest) -> HttpResponse:
    """How the reader wants the report."""
    form = WishForm(request.POST or None, instance=wish_of(request.user))
    if request.method == "POST" and form.is_valid():
        change_wish(request.user, **form.cleaned_data)
        messages.success(request, _("Saved. It holds from the next report on."))
        return redirect("insights:weekly_reports")
    return render(request, "insights/weekly_reports_wish.html", {"form": form})


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def stop_page(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mail from within a mail: a mail program posts here by itself, a person sees what will happen first.

    The signed address is what proves the right; it can do nothing else, so a forged request has nothing to gain.
    """
    user = user_of_stop(token)
    if user is None:
        raise Http404
    if request.method == "POST":
        stop_mail(user)
    return render(request, "insights/weekly_reports_stop.html", {"is_done": request.method == "POST"})
