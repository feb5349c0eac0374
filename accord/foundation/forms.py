"""Forms of accounts and preferences."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import available_timezones

from allauth.account.forms import LoginForm as AllauthLoginForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accord.foundation.models import MailMode, User
from accord.foundation.notices import NoticeKind


class LoginForm(AllauthLoginForm):  # type: ignore[misc]
    """Sign in, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = _("Employee number or e-mail")
        login.widget.attrs = {"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        password.label, password.help_text = _("Password"), ""
        password.widget.attrs.pop("placeholder", None)
        self.fields["remember"].label = _("Keep me signed in on this device")


class PasswordLinkForm(forms.Form):
    """Ask for a link to choose a password."""

    login = forms.CharField(
        label=_("Employee number or e-mail"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )


class ProfileForm(forms.ModelForm[User]):
    """What a person decides about themselves. The name comes from the people list, as on every signed paper."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=lambda: [(zone, zone) for zone in places_on_earth()])

    class Meta:
        model = User
        fields = ["language", "time_zone"]


class MailModesForm(forms.Form):
    """For each kind of notification: at once, in the digest, or in the app only."""

    def __init__(self, kinds: Iterable[NoticeKind], modes: dict[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in kinds:
            field = forms.ChoiceField(choices=MailMode.choices, initial=modes[kind.code])
            self.fields[kind.code] = field
            field.label = kind.label  # type: ignore[assignment]


def places_on_earth() -> list[str]:
    """Time zones named after a place (Asia/Shanghai), and UTC; not the historic shorthands."""
    continents = ("Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/", "Europe/")
    oceans = ("Indian/", "Pacific/")
    return [*sorted(zone for zone in available_timezones() if zone.startswith(continents + oceans)), "UTC"]
