"""Mail to one person: text and HTML, in their language and time zone."""

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


def compose(recipient: User, name: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    """Render `foundation/mail/<name>.txt` (its first line is the subject) and `.html` for one person."""
    with translation.override(recipient.language), timezone.override(recipient.zone):
        context = {
            **context,
            "recipient": recipient,
            "home_url": absolute("/"),
            "preferences_url": absolute(reverse("foundation:profile") + "#notifications"),
        }
        subject, _, text = render_to_string(f"foundation/mail/{name}.txt", context).partition("\n")
        html = render_to_string(f"foundation/mail/{name}.html", context | {"subject": subject})
    # Keeps out-of-office replies from answering us.
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    message = EmailMultiAlternatives(subject.strip(), text.strip() + "\n", to=[recipient.email], headers=headers)
    message.attach_alternative(html, "text/html")
    return message


def send_to(recipient: User, name: str, context: dict[str, Any]) -> None:
    """Compose and send at once."""
    compose(recipient, name, context).send()
