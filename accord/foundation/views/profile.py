"""What is mine to decide: language, time zone, what I hear of, my data."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.foundation.forms import MailModesForm, ProfileForm
from accord.foundation.notices import kinds
from accord.foundation.queries.notifications import mail_modes
from accord.foundation.queries.own_data import everything_about
from accord.foundation.requests import SignedInRequest
from accord.foundation.services.mail import is_mail_set_up
from accord.foundation.services.preferences import choose_mail_modes


@require_http_methods(["GET", "POST"])
def profile(request: SignedInRequest) -> HttpResponse:
    """Show one's own account; POST saves language and time zone."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        translation.activate(form.cleaned_data["language"])
        messages.success(request, _("Saved."))
        return redirect("foundation:profile")
    return _page(request, form, MailModesForm(kinds().values(), mail_modes(request.user)))


@require_POST
def notification_preferences(request: SignedInRequest) -> HttpResponse:
    """Save how one hears of each kind of notification."""
    form = MailModesForm(kinds().values(), mail_modes(request.user), request.POST)
    if not form.is_valid():
        return _page(request, ProfileForm(instance=request.user), form)
    choose_mail_modes(request.user, form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("foundation:profile")


@require_GET
def own_data(request: SignedInRequest) -> HttpResponse:
    """Everything the product knows about the reader, as a JSON file."""
    response = JsonResponse(everything_about(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="accord-my-data.json"'
    return response


def _page(request: SignedInRequest, form: ProfileForm, modes: MailModesForm) -> HttpResponse:
    context = {"form": form, "modes": modes, "has_mail": is_mail_set_up() and bool(request.user.email)}
    return render(request, "foundation/profile.html", context)
