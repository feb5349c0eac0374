"""How somebody wants their weekly report, and stopping its mail from the mail itself."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse

from accord.foundation.links import absolute
from accord.foundation.models import User
from accord.foundation.services.events import record
from accord.insights.models import ReportWish

_SIGNER = Signer(salt="accord.weekly-report.stop")


@transaction.atomic
def change_wish(user: User, *, by_mail: bool, with_pdf: bool, only_when_changed: bool) -> None:
    """Keep how `user` wants the report from now on."""
    wish = {"by_mail": by_mail, "with_pdf": with_pdf, "only_when_changed": only_when_changed}
    ReportWish.objects.update_or_create(user=user, defaults=wish)
    record("report_wish.changed", subject=f"users:{user.pk}", actor=user, user_id=user.pk, by_mail=by_mail)


@transaction.atomic
def stop_mail(user: User) -> None:
    """Send `user` no more weekly reports by mail; the app goes on keeping them. Asked twice, it is done once."""
    wish, made = ReportWish.objects.get_or_create(user=user, defaults={"by_mail": False})
    if made or ReportWish.objects.filter(pk=wish.pk, by_mail=True).update(by_mail=False):
        record("report_wish.changed", subject=f"users:{user.pk}", actor=user, user_id=user.pk, by_mail=False)


def stop_url(user: User) -> str:
    """The address in a mail that stops the mail. It works without signing in, for as long as the mail is kept."""
    return absolute(reverse("insights:stop_weekly_mail", args=[_SIGNER.sign(str(user.pk))]))


def user_of_stop(token: str) -> User | None:
    """Whose mail the address stops; None where nobody made it."""
    try:
        return User.objects.filter(pk=int(_SIGNER.unsign(token)), is_active=True).first()
    except (BadSignature, ValueError):
        return None
