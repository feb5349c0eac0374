"""Signing in and out, and passwords. Where allauth's page does, it is used as it is."""

from allauth.account import views as allauth
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accord.foundation.errors import NoPasswordYet, TooManyAttempts
from accord.foundation.forms import PasswordLinkForm
from accord.foundation.jobs.accounts import answer_password_request
from accord.foundation.requests import SignedInRequest
from accord.foundation.services.mail import is_mail_set_up
from accord.foundation.throttling import Limit, address_of

REQUESTS_FROM_ADDRESS = Limit("password links asked from an address", 30, 600)
REQUESTS_FOR_ACCOUNT = Limit("password links for an account", 3, 3600)
PASSWORD_CHANGES = Limit("changes of one's password", 10, 300)

sign_in = allauth.login
sign_out = require_POST(allauth.logout)
password_link_sent = allauth.password_reset_done
choose_password = allauth.password_reset_from_key


@login_not_required
@require_http_methods(["GET", "POST"])
def request_password_link(request: HttpRequest) -> HttpResponse:
    """Ask for a link by mail. The answer and its time are the same for every name; a job does the rest."""
    if not is_mail_set_up():
        return render(request, "account/password_by_person.html", {"contact": settings.CONTACT})
    form = PasswordLinkForm(request.POST or None)
    if not form.is_valid():
        return render(request, "account/password_reset.html", {"form": form})
    if not REQUESTS_FROM_ADDRESS.take(address_of(request)):
        raise TooManyAttempts
    name = form.cleaned_data["login"]
    # Whoever asks for somebody else again and again gets the same answer, and no more mails are sent.
    if REQUESTS_FOR_ACCOUNT.take(name.lower()):
        answer_password_request.enqueue(name)
    return redirect("account_reset_password_done")


@require_http_methods(["GET", "POST"])
def change_password(request: SignedInRequest) -> HttpResponse:
    """Change one's password by giving the current one. This session goes on, all others end."""
    if not request.user.has_usable_password():
        raise NoPasswordYet
    if request.method == "POST" and not PASSWORD_CHANGES.take(str(request.user.pk)):
        raise TooManyAttempts
    response: HttpResponse = allauth.password_change(request)
    return response
