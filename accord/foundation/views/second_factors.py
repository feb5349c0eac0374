"""The second factors of one's own account. allauth's pages do the work; here stand their limits and their owners."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.views.decorators.http import require_http_methods

from accord.foundation.errors import NotUnderstood, TooManyAttempts
from accord.foundation.requests import SignedInRequest
from accord.foundation.throttling import Limit, address_of

PASSKEY_SIGN_INS = Limit("passkey sign-ins from an address", 60, 60)


def _of_a_passkey(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse what is no answer of a browser: it may be wrong in every way the parser knows."""

    @wraps(view)
    def taken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError) as error:
            if request.method == "POST":
                raise NotUnderstood from error
            raise

    return taken


second_factors = mfa.index
ask_at_sign_in = mfa.authenticate
confirm_by_password = account.reauthenticate
confirm_by_code = mfa.reauthenticate
confirm_by_passkey = _of_a_passkey(webauthn.reauthenticate_webauthn)
add_app = totp.activate_totp
remove_app = totp.deactivate_totp
add_passkey = _of_a_passkey(webauthn.add_webauthn)
show_recovery_codes = recovery_codes.view_recovery_codes
download_recovery_codes = recovery_codes.download_recovery_codes
make_recovery_codes = recovery_codes.generate_recovery_codes
_remove_passkey = webauthn.RemoveWebAuthnView.as_view(success_url=reverse_lazy("mfa_index"))


@require_http_methods(["GET", "POST"])
def remove_passkey(request: SignedInRequest, pk: int) -> HttpResponse:
    """Remove a passkey of one's own, after confirming that it is oneself. Raises Http404 for another's."""
    get_object_or_404(Authenticator, pk=pk, user=request.user, type=Authenticator.Type.WEBAUTHN)
    response: HttpResponse = _remove_passkey(request, pk=pk)
    return response


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in_by_passkey(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey alone: GET gives what the browser needs, POST takes what it answers."""
    if not PASSKEY_SIGN_INS.take(address_of(request)):
        raise TooManyAttempts
    if request.method == "GET":
        return JsonResponse({"request_options": begin_authentication(None)})
    return _of_a_passkey(webauthn.login_webauthn)(request)
