"""Changing one person's employment."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accord.foundation.errors import BusinessError
from accord.foundation.requests import SignedInRequest
from accord.people.access import employee_to_change
from accord.people.forms import EmploymentForm
from accord.people.services.employment import change_employment


@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Unit, position, manager and status of one person, from a day on. For administrators."""
    employee = employee_to_change(request.user, pk)
    form = EmploymentForm(request.POST) if request.method == "POST" else EmploymentForm.of(employee)
    if request.method == "POST" and form.is_valid():
        try:
            change_employment(employee, form.employment(), on=form.cleaned_data["on"], actor=request.user)
        except BusinessError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("people:directory")
    return render(request, "people/edit.html", {"employee": employee, "form": form}, status=422 if form.errors else 200)
