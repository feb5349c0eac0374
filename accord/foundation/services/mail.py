"""Mail to one person: text and HTML, in their language and time zone."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from accord.foundation.links import absolute
from accord.foundation.models import User

_NO_SERVER = "django.core.mail.backends.dummy.EmailBackend"


def is_mail_set_up() -> bool:
    """Whether a mail server is named; without one messages stay in the app."""
    return settings.EMAIL_BACKEND != _NO_SERVER


def compose(
    recipient: User, name: str, context: dict[str, Any], headers: Mapping[str, str] | None = None
) -> EmailMultiAlternatives:
    """Render `foundation/mail/<name>.txt` (its first line is the subject) and `.html` for one person.

    A name with slashes is that of another app's templates, in full: `insights/mail/weekly_report`.
    """
    name = name if "/" in name else f"foundation/mail/{name}"
    with translation.override(recipient.language), timezone.override(recipient.zone):
        context = {
            **context,
            "recipient": recipient,
            "home_url": absolute("/"),
            "preferences_url": absolute(reverse("foundation:profile") + "#notifications"),
        }
        subject, _, text = render_to_string(f"{name}.txt", context).partition("\n")
        html = render_to_string(f"{name}.html", context | {"subject": subject})
    # Keeps out-of-office replies from answering us.
    sent_with = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", **(headers or {})}
    message = EmailMultiAlternatives(subject.strip(), text.strip() + "\n", to=[recipient.email], headers=sent_with)
    message.attach_alternative(html, "text/html")
    return message


def send_to(recipient: User, name: str, context: dict[str, Any]) -> None:
    """Compose and send at once."""
    compose(recipient, name, context).send()
