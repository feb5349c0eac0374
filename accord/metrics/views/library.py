"""Pages of metrics: the library, one metric, and the origin of one value."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accord.domain.periods import Period
from accord.foundation.models import User
from accord.foundation.requests import asked_for
from accord.metrics.access.library import can_manage_metrics, metric_to_change, require_metric_keeper, series_for
from accord.metrics.errors.library import MetricHasValues
from accord.metrics.forms.library import MetricForm
from accord.metrics.queries.library import find_metric, library, series_count
from accord.metrics.queries.origin import origin_of
from accord.metrics.queries.retention import stored_period
from accord.metrics.queries.source_rows import rows_of
from accord.metrics.queries.values import freshness_of
from accord.metrics.services.library import change_metric, create_metric

_METRICS_PER_PAGE = 25


@require_safe
def library_page(request: HttpRequest) -> HttpResponse:
    """All metrics, to search in."""
    search = asked_for(request, "q")
    page = Paginator(library(search), _METRICS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "search": search, "may_change": can_manage_metrics(request.user)}
    return render(request, "metrics/library_page.html", context)


@require_safe
def metric_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What a metric means, and how far its values reach."""
    metric = find_metric(pk)
    if metric is None:
        raise Http404
    context = {
        "metric": metric,
        "series_count": series_count(metric),
        "freshness": freshness_of(metric),
        "may_change": can_manage_metrics(request.user),
    }
    return render(request, "metrics/metric_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_metric_page(request: HttpRequest) -> HttpResponse:
    """Add a metric."""
    require_metric_keeper(request.user)
    form = MetricForm(request.POST or None)
    if form.is_valid():
        metric = create_metric(form.save(commit=False), cast(User, request.user))
        messages.success(request, _("“%(metric)s” is in the library.") % {"metric": metric.name})
        return redirect("metrics:metric", metric.pk)
    return render(request, "metrics/metric_form_page.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_metric_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a metric."""
    metric = metric_to_change(request.user, pk)
    name = metric.name
    form = MetricForm(request.POST or None, instance=metric)
    if form.is_valid() and _changed(form, request):
        messages.success(request, _("Saved."))
        return redirect("metrics:metric", pk)
    context = {"form": form, "pk": pk, "name": name}
    return render(request, "metrics/metric_form_page.html", context, status=422 if form.is_bound else 200)


def _changed(form: MetricForm, request: HttpRequest) -> bool:
    try:
        change_metric(form.save(commit=False), cast(User, request.user))
    except MetricHasValues as refusal:
        form.add_error(refusal.field, f"{refusal} {refusal.advice()}")
        return False
    return True


@require_safe
def origin_page(request: HttpRequest, series_pk: int, period: int) -> HttpResponse:
    """Where a value comes from, down to the row of the file or the rows of the source."""
    origin = origin_of(series_for(request.user, series_pk), period)
    if origin is None:
        return _stored_page(request, series_pk, period)
    rows = rows_of(origin, request.GET.get("page"))
    context = {"origin": origin, "metric": origin.series.metric, "rows": rows}
    return render(request, "metrics/origin_page.html", context)


def _stored_page(request: HttpRequest, series_pk: int, period: int) -> HttpResponse:
    """Say that the value has left the database, to whoever may see it."""
    stored = stored_period(period)
    if stored is None:
        raise Http404
    context = {"series": series_for(request.user, series_pk), "stored": stored, "period": Period(period)}
    return render(request, "metrics/origin_stored_page.html", context)
