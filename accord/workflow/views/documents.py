"""Documents: my list, one document as a paper to read and sign, its PDF, and the page its QR code leads to."""

from __future__ import annotations

from typing import Any, TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accord.foundation.errors import FactorRefused, TooManyAttempts
from accord.foundation.requests import SignedInRequest
from accord.foundation.second_factors.passkeys import request_options
from accord.foundation.throttling import Limit, address_of
from accord.people.access import own_employee
from accord.workflow.access import documents as access
from accord.workflow.forms.documents import DigestForm, RefusalForm, SignForm, WithdrawalForm
from accord.workflow.printing.documents import document_as_pdf
from accord.workflow.queries.documents import document_with_digest, documents_of, seal_of
from accord.workflow.services import documents as services

PER_PAGE = 20
LOOK_UPS = Limit("digests looked up from an address", 60, 60)
ActForm = TypeVar("ActForm", SignForm, RefusalForm)


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """What waits for my signature, what is under way, and what has ended."""
    me = own_employee(request.user)
    desk = documents_of(me) if me else None
    ended = Paginator(desk.ended, PER_PAGE).get_page(request.GET.get("page")) if desk else None
    return render(request, "workflow/documents.html", {"desk": desk, "ended": ended, "me": me})


@require_safe
def document(request: SignedInRequest, pk: int) -> HttpResponse:
    """One document as its parties read it."""
    return _page(request, pk)


@require_POST
def challenge(request: SignedInRequest, pk: int) -> HttpResponse:
    """What a passkey has to sign: the statement of this party about this document, with the reason of a refusal."""
    party = access.party_for(request.user, pk)
    if request.GET.get("for") == "refuse":
        statement = party.statement("refuse", request.POST.get("refusalform-reason", ""))
    else:
        statement = party.statement("sign")
    return JsonResponse(request_options(request.user, statement.digest))


@require_POST
def sign(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sign."""
    party = access.party_for(request.user, pk)
    form = _sign_form(request, SignForm)
    if form.is_valid():
        try:
            services.sign(party, request.user, form.cleaned_data["digest"], form.step_up())
        except (FactorRefused, TooManyAttempts) as error:
            form.add_error(None, f"{error} {error.advice()}")
        else:
            messages.success(request, _("Signed."))
            return redirect("workflow:document", pk=pk)
    return _page(request, pk, sign_form=form)


@require_POST
def refuse(request: SignedInRequest, pk: int) -> HttpResponse:
    """Refuse to sign, with a reason."""
    party = access.party_for(request.user, pk)
    form = _sign_form(request, RefusalForm)
    if form.is_valid():
        digest, reason = form.cleaned_data["digest"], form.cleaned_data["reason"]
        try:
            services.refuse(party, request.user, digest, reason, form.step_up())
        except (FactorRefused, TooManyAttempts) as error:
            form.add_error(None, f"{error} {error.advice()}")
        else:
            messages.success(request, _("You have refused to sign. The others are told, with your reason."))
            return redirect("workflow:document", pk=pk)
    return _page(request, pk, refusal_form=form)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a document that nobody has signed."""
    found, me = access.document_to_withdraw(request.user, pk)
    form = WithdrawalForm(request.POST)
    services.withdraw(found, me, form.cleaned_data["reason"] if form.is_valid() else "")
    messages.success(request, _("Withdrawn. Those who were asked to sign are told."))
    return redirect("workflow:document", pk=pk)


@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The document for printing, with its signatures as they stand."""
    seen = access.document_for(request.user, pk)
    printed = document_as_pdf(seen.document, seen.parties, get_language() or "zh-hans")
    name = content_disposition_header(True, f"{seen.document.title}.pdf") or "attachment"
    return HttpResponse(printed, content_type="application/pdf", headers={"Content-Disposition": name})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def verify_any(request: HttpRequest) -> HttpResponse:
    """Look up a document by the digest printed on it."""
    if request.method == "POST" and not LOOK_UPS.take(address_of(request)):
        raise TooManyAttempts
    form = DigestForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        return redirect("workflow:verify", digest=form.cleaned_data["digest"])
    return render(request, "workflow/verify_any.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
@require_safe
def verify(request: HttpRequest, digest: str) -> HttpResponse:
    """Whether there is a document with this digest, and how it stands. Only its readers learn who signed."""
    found = document_with_digest(digest)
    if found is None:
        raise Http404
    parties = list(found.parties.select_related("employee").order_by("place"))
    context = {"document": found, "parties": parties, "seal": seal_of(found)}
    context["is_reader"] = access.may_read(request.user, found)
    return render(request, "workflow/verify.html", context)


def _sign_form(request: SignedInRequest, form: type[ActForm]) -> ActForm:
    return form(request.POST, user=request.user, prefix=form.__name__.lower())


def _page(request: SignedInRequest, pk: int, **wrong: SignForm) -> HttpResponse:
    """The page of a document; a form that was filled in wrongly is shown again as it was sent."""
    seen = access.document_for(request.user, pk)
    paper = seen.document.paper
    context: dict[str, Any] = {
        "seen": seen,
        "document": seen.document,
        "paper": paper,
        "parties": [(party, paper.parties[party.place]) for party in seen.parties],
        "withdrawal_form": WithdrawalForm(),
        "can_act": seen.can_act,
    }
    if seen.can_act:
        initial = {"digest": seen.document.digest}
        context |= {
            "sign_form": SignForm(user=request.user, initial=initial, prefix="signform"),
            "refusal_form": RefusalForm(user=request.user, initial=initial, prefix="refusalform"),
        }
    return render(request, "workflow/document.html", context | wrong, status=422 if wrong else 200)
