"""What a kind of notification is, and foundation's own kinds. Every app declares its own in its `notices.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import Text
from accord.foundation.models import MailMode
from accord.foundation.registry import table

_OPEN = _("Open")


@dataclass(frozen=True)
class NoticeKind:
    """A kind of message. `sentence` holds `%(name)s` places that the values of each message fill when it is read.

    `default_mode` is how it is mailed to people who did not choose: AT_ONCE makes the kind an urgent one.
    """

    code: str
    label: Text
    sentence: Text
    default_mode: str = MailMode.DIGEST
    link_text: Text = _OPEN

    @property
    def is_urgent(self) -> bool:
        return self.default_mode == MailMode.AT_ONCE

    def say(self, values: Mapping[str, Any]) -> str:
        """The sentence in the current language. Raises KeyError where a value is missing."""
        return str(self.sentence) % values


def kinds() -> dict[str, NoticeKind]:
    """All kinds of all apps by code, in the order of the table in the composition root."""
    return {kind.code: kind for kind in table("ACCORD_NOTICES")}


PASSWORD_CHANGED = NoticeKind(
    "account.password_changed",
    _("My password was changed"),
    _("Your password was changed. If that was not you, tell your administrator now."),
    MailMode.AT_ONCE,
    _("To my account"),
)

SECOND_FACTOR_CHANGED = NoticeKind(
    "account.second_factor_changed",
    _("A second factor of mine was added or removed"),
    _("A passkey, app or recovery code of yours was added or removed. If it was not you, tell your administrator now."),
    MailMode.AT_ONCE,
    _("To my second factors"),
)

NOTICES = (PASSWORD_CHANGED, SECOND_FACTOR_CHANGED)
