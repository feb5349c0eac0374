"""What is done to an agreement. Every form works without a script; what is refused is shown where it was sent."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accord.foundation.errors import BusinessError
from accord.goals.access import agreements as access
from accord.goals.forms import agreements as forms
from accord.goals.models import AgreementTerms
from accord.goals.queries.agreements import line_of
from accord.goals.services.agreements import terms as wording
from accord.goals.services.agreements.amending import draft_amendment
from accord.goals.services.agreements.copying import begin_again
from accord.goals.services.agreements.ending import end_agreement
from accord.goals.services.agreements.talking import comment
from accord.goals.views.agreements import page_of, served_by
from accord.people.models import Employee


@require_POST
def edit_line(request: HttpRequest, pk: int, metric: int) -> HttpResponse:
    """Change what a line says."""
    terms, me = access.terms_to_change(request.user, pk)
    line = line_of(terms, metric)
    if line is None:
        raise Http404
    form = forms.LineForm(line, terms.edition, request.POST, key_results=served_by(terms))
    if not form.is_valid():
        return _again(request, pk, line=form)
    try:
        after = wording.edit_line(terms, me, form.cleaned_data["edition"], metric, form.changes())
    except BusinessError as refusal:
        if refusal.status != 422:
            raise
        return _again(request, pk, line=form, refusal=refusal)
    return _changed(request, terms, after, f"line{metric}")


@require_POST
def edit_weights(request: HttpRequest, pk: int) -> HttpResponse:
    """Balance the weights of all lines."""
    terms, me = access.terms_to_change(request.user, pk)
    form = forms.WeightsForm(list(terms.lines.all()), terms.edition, request.POST)

    def change() -> int:
        return wording.edit_weights(terms, me, form.cleaned_data["edition"], form.weights())

    return _tried(request, terms, change, weights=form)


@require_POST
def add_line(request: HttpRequest, pk: int) -> HttpResponse:
    """One more KPI."""
    terms, me = access.terms_to_change(request.user, pk)
    form = forms.AddLineForm(terms.edition, request.POST)

    def change() -> int:
        return wording.add_line(terms, me, form.cleaned_data["edition"], form.draft())

    return _tried(request, terms, change, add=form)


@require_POST
def remove_line(request: HttpRequest, pk: int, metric: int) -> HttpResponse:
    """Take a KPI out."""
    terms, me = access.terms_to_change(request.user, pk)
    return _changed(request, terms, wording.remove_line(terms, me, _edition(request), metric))


@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the draft before the employee."""
    wording.propose(*access.terms_to_change(request.user, pk))
    return _done(request, pk, _("The draft is before both of you now."))


@require_POST
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes to the wording that was shown; the second yes leads to the page where it is signed."""
    terms, me = access.terms_to_change(request.user, pk)
    agreed = wording.agree(terms, me, _edition(request))
    if agreed.document is None:
        return _done(request, pk, _("You have agreed. When the other side agrees too, the text is laid out to sign."))
    messages.success(request, _("Both have agreed. This is the text that each of you signs now."))
    return redirect("workflow:document", pk=agreed.document.pk)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a yes back, while nobody has signed."""
    return _simply(request, pk, wording.take_back, _("Taken back. The wording can be changed again."))


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin again a wording that came to nothing."""
    begin_again(*access.agreement_to_change(request.user, pk))
    return _done(request, pk, _("A copy of the last wording is before both of you."))


@require_POST
def say(request: HttpRequest, pk: int) -> HttpResponse:
    """A word about a line or about the whole."""
    agreement, me = access.agreement_to_change(request.user, pk)
    form = forms.CommentForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Nothing was written, so nothing was sent."))
        return redirect("goals:agreement", pk=pk)
    comment(agreement, me, form.cleaned_data["text"], form.cleaned_data["metric"])
    return _done(request, pk, _("Said. The other side finds it here and in the digest."))


@require_POST
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an amendment."""
    agreement, me = access.agreement_to_change(request.user, pk)
    form = forms.AmendmentForm(request.POST)
    if not form.is_valid():
        return _again(request, pk, amend=form)
    draft_amendment(agreement, me, **form.cleaned_data)
    return _done(request, pk, _("What is in force was copied. Change what is to be others, then both agree and sign."))


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End the agreement of somebody who has another position."""
    agreement, me = access.agreement_to_end(request.user, pk)
    form = forms.EndingForm(request.POST)
    if not form.is_valid():
        return _again(request, pk, end=form)
    end_agreement(agreement, me, form.cleaned_data["on"], form.cleaned_data["reason"])
    return _done(request, pk, _("Ended. Both sides are told, and the next agreement begins the day after."))


def _edition(request: HttpRequest) -> int:
    form = forms.EditionForm(request.POST)
    # A form without its edition saw nothing, so it can be none that is still there.
    return int(form.cleaned_data["edition"]) if form.is_valid() else -1


def _simply(
    request: HttpRequest, pk: int, act: Callable[[AgreementTerms, Employee], object], sentence: str
) -> HttpResponse:
    act(*access.terms_to_change(request.user, pk))
    return _done(request, pk, sentence)


def _changed(request: HttpRequest, terms: AgreementTerms, after: int, anchor: str = "") -> HttpResponse:
    """Back to the page; a change that took back somebody's yes says so."""
    if after != terms.edition and (terms.employee_agreed_at or terms.manager_agreed_at):
        messages.warning(request, _("Saved. What had been agreed to before no longer counts; the other side is told."))
    elif after != terms.edition:
        messages.success(request, _("Saved."))
    else:
        messages.info(request, _("Nothing was different, so nothing was changed."))
    response = redirect("goals:agreement", pk=terms.agreement_id)
    if anchor:
        response["Location"] += f"#{anchor}"
    return response


def _tried(
    request: HttpRequest, terms: AgreementTerms, change: Callable[[], int], **sent: forms.EditionForm
) -> HttpResponse:
    """Make the change that a form asks for, or show the form again with what was wrong."""
    (form,) = sent.values()
    if not form.is_valid():
        return _again(request, terms.agreement_id, **sent)
    try:
        after = change()
    except BusinessError as refusal:
        if refusal.status != 422:
            raise
        form.add_error(None, str(refusal))
        return _again(request, terms.agreement_id, **sent)
    return _changed(request, terms, after)


def _again(request: HttpRequest, pk: int, **wrong: object) -> HttpResponse:
    return page_of(request, access.agreement_for(request.user, pk), **wrong)


def _done(request: HttpRequest, pk: int, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("goals:agreement", pk=pk)
