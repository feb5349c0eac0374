"""The forms that ask for a code: counted, and good once, for all web processes together."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter as account_adapter
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from django import forms
from django.utils.translation import gettext_lazy as _

from accord.foundation.models import User
from accord.foundation.second_factors.codes import accept_code
from accord.foundation.second_factors.proving import ATTEMPTS, Assertion, Code, Password, StepUp, factors_of

METHOD_LABELS = {"passkey": _("passkey"), "totp": _("one-time code"), "password": _("password")}
_GIVEN_IN = {"passkey": "answer", "totp": "code", "password": "password"}
_MISSING = {
    "answer": _("The passkey was not used. Try again, or choose another way."),
    "code": _("Enter the six digits that your authenticator app shows now."),
    "password": _("Enter your password."),
}


class SignInForm(forms.Form):
    """A code of the authenticator app, or a recovery code, after the password."""

    confirms = False

    code = forms.CharField(
        label=_("One-time code or recovery code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_code(self) -> str:
        """Count the attempt before the code is looked at."""
        code: str = self.cleaned_data["code"]
        if not ATTEMPTS.take(str(self.user.pk)):
            raise account_adapter().validation_error("too_many_login_attempts")
        accepted = accept_code(self.user, code) or self._recovered(code)
        if accepted is None:
            raise get_adapter().validation_error("incorrect_code")
        ATTEMPTS.give_back(str(self.user.pk))
        self.authenticator = accepted
        return code

    def save(self) -> None:
        """Let allauth go on with the sign-in."""
        self.authenticator.user = self.user
        post_authentication(context.request, self.authenticator, reauthenticated=self.confirms)

    def _recovered(self, code: str) -> Authenticator | None:
        codes = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.RECOVERY_CODES).first()
        return codes if codes and codes.wrap().validate_code("".join(code.split())) else None


class AnswerField(forms.JSONField):
    """The JSON object a browser answers for a passkey. Whatever else is sent is as good as nothing."""

    def to_python(self, value: Any) -> Any:
        try:
            answer = super().to_python(value)
        except (ValueError, RecursionError):
            return None
        return answer if isinstance(answer, dict) else None


class StepUpForm(forms.Form):
    """One way to prove anew who one is, chosen among those the account has; `step_up()` is what was given.

    The template foundation/step_up.html shows it; without a script the passkey cannot be chosen.
    """

    method = forms.ChoiceField(label=_("Confirm that it is you, with"), widget=forms.RadioSelect)
    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label=_("One-time code from your authenticator app"),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    answer = AnswerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.methods = factors_of(user)
        choice = self.fields["method"]
        choice.choices = [(method, METHOD_LABELS[method]) for method in self.methods]  # type: ignore[attr-defined]
        choice.initial = self.methods[0] if self.methods else None

    def clean(self) -> dict[str, Any]:
        """What is asked for depends on the method."""
        cleaned: dict[str, Any] = super().clean() or {}
        place = _GIVEN_IN.get(cleaned.get("method", ""))
        if place and not cleaned.get(place):
            self.add_error(place if place != "answer" else None, _MISSING[place])
        return cleaned

    def step_up(self) -> StepUp:
        """What the valid form holds."""
        if self.cleaned_data["method"] == "password":
            return Password(self.cleaned_data["password"])
        if self.cleaned_data["method"] == "totp":
            return Code(self.cleaned_data["code"])
        return Assertion(self.cleaned_data["answer"])


class ConfirmForm(SignInForm):
    """The same code, before something delicate is changed."""

    confirms = True
