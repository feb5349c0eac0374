"""How a form is used: time and fields, and hiding what nobody fills in."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accord.people.access import own_employee
from accord.workflow.access.design import form_to_design
from accord.workflow.queries.form_use import field_use, shown_version, use_of
from accord.workflow.services import freezing


@require_GET
def use_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Predicted beside measured time, and the use of each field."""
    form = form_to_design(request.user, pk)
    version = shown_version(form)
    fields = field_use(version) if version else []
    context = {
        "form": form,
        "version": version,
        "versions": use_of(form),
        "fields": fields,
        "proposed": [each for each in fields if each.is_proposed],
        "frozen": [each for each in fields if each.is_frozen],
    }
    return render(request, "workflow/form_use_page.html", context)


@require_POST
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide optional fields for everybody."""
    form, me = form_to_design(request.user, pk), own_employee(request.user)
    version = shown_version(form)
    if version is None or me is None:
        raise Http404
    freezing.freeze(form, version, request.POST.getlist("field"), me)
    messages.success(request, _("Hidden for everybody. What was answered stays."))
    return redirect("workflow:form_use", form.pk)


@require_POST
def unfreeze(request: HttpRequest, pk: int) -> HttpResponse:
    """Show hidden fields again."""
    form, me = form_to_design(request.user, pk), own_employee(request.user)
    if me is None:
        raise Http404
    freezing.unfreeze(form, request.POST.getlist("field"), me)
    messages.success(request, _("Shown again, hidden among the optional fields as before."))
    return redirect("workflow:form_use", form.pk)
