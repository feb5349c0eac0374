"""Errors that people read: a code for machines, a sentence that says what and where, a hint what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class BusinessError(Exception):
    """A request that cannot be carried out for a reason its author can understand and mend.

    `sentence` and `hint` are translated when shown; `values` fill their `%(name)s` places. `status` is the HTTP status.
    Subclasses in each app's `errors.py` set `code`, `sentence`, `hint` and, if not 409, `status`.
    """

    code: str = "refused"
    status: int = 409
    sentence: Text = ""
    hint: Text = ""

    def __init__(self, **values: object) -> None:
        super().__init__(self.code)
        self.values = values

    def __str__(self) -> str:
        return str(self.sentence) % self.values if self.values else str(self.sentence)

    def advice(self) -> str:
        """The hint in the current language, with its values filled in."""
        return str(self.hint) % self.values if self.values else str(self.hint)

    def as_json(self) -> dict[str, dict[str, str]]:
        """The error for programs, its words in the current language."""
        return {"error": {"code": self.code, "message": str(self), "hint": self.advice()}}


class NotUnderstood(BusinessError):
    """A malformed or suspicious request."""

    code = "not_understood"
    status = 400
    sentence = _("The server could not understand this request")
    hint = _("Go back, reload the page and try again.")


class DatabaseNotReady(BusinessError):
    """The database cannot be reached, is locked, or was never migrated. Said on the command line only."""

    code = "database_not_ready"
    status = 500
    sentence = _("The database did not answer: %(reason)s")
    hint = _("Run “accord migrate” once for a new database; otherwise check ACCORD_DATABASE_URL with “accord check”.")


class NotAllowed(BusinessError):
    """The object may be seen, the action needs a right that is missing."""

    code = "not_allowed"
    status = 403
    sentence = _("You may see this, but not do this")
    hint = _("An administrator can tell you who holds this right, or give it to you.")


class PageOutOfDate(BusinessError):
    """The protection against forged requests did not recognise the form."""

    code = "page_out_of_date"
    status = 403
    sentence = _("This page was open for too long, so nothing was saved")
    hint = _("Go back, reload the page and send it again. Cookies must be allowed for this site.")


class NotFound(BusinessError):
    """Not there, or not for this person; the answer does not tell which."""

    code = "not_found"
    status = 404
    sentence = _("This page does not exist, or it is not yours to see")
    hint = _("Check the address. If somebody sent you the link, ask them whether you are meant to have access.")


class TooManyAttempts(BusinessError):
    """A throttle is exhausted."""

    code = "too_many_attempts"
    status = 429
    sentence = _("Too many attempts in a short time")
    hint = _("Wait a few minutes and try again. If you forgot your password, you can set a new one by mail.")


class FactorRefused(BusinessError):
    """A second factor that did not prove who one is. `method` says which."""

    code = "second_factor_refused"
    status = 422
    sentence = _("That did not prove that it is you; nothing was done.")
    hint = _("Check what you typed. A one-time code is good once and for half a minute: wait for the next one.")


class OurFault(BusinessError):
    """An error nobody foresaw. What it was stands in the log, never on the page."""

    code = "our_fault"
    status = 500
    sentence = _("Something broke on our side")
    hint = _(
        "Nothing was half-saved. Please try again in a moment; if it happens again, "
        "tell your administrator the time and the page."
    )


class UnknownAccount(BusinessError):
    """A command named an account that is not there."""

    code = "unknown_account"
    status = 404
    sentence = _("There is no account “%(name)s”")
    hint = _("Give the employee number as it stands in the people list, or the e-mail address.")


class AccountClosed(BusinessError):
    """An invitation for somebody who may not sign in."""

    code = "account_closed"
    sentence = _("The account “%(name)s” is closed")
    hint = _("It opens again when the person is active in the people list.")


class PasswordTooWeak(BusinessError):
    """A password that does not meet the rules."""

    code = "password_too_weak"
    status = 422
    sentence = _("This password cannot be used: %(reasons)s")
    hint = _("Choose at least 10 characters that are neither common nor close to the name.")


class NoPasswordYet(BusinessError):
    """A change of password by somebody who has none."""

    code = "no_password_yet"
    sentence = _("This account has no password to change")
    hint = _("Sign out and choose “Forgot your password?” to set the first one.")


class NoMailAddress(BusinessError):
    """A mail to somebody without address."""

    code = "no_mail_address"
    sentence = _("No e-mail address is known for “%(name)s”")
    hint = _("Add it to the people list, or hand over the printed link instead.")


class MailNotSetUp(BusinessError):
    """A mail where no mail server is named."""

    code = "mail_not_set_up"
    sentence = _("This installation has no mail server")
    hint = _("Set ACCORD_MAIL_URL, or hand over the printed link instead.")
