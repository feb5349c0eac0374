"""What programs that push rows may be told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class PushUnknown(BusinessError):
    """No such address, no such token, or not now: the answer does not tell which."""

    code = "push_unknown"
    status = 401
    sentence = _("Nothing is taken at this address with this token.")
    hint = _("Compare address and token with those on the page of the connection, and see whether it is running.")


class PushTooLarge(BusinessError):
    code = "push_too_large"
    status = 413
    sentence = _("A delivery may have %(rows)s rows and %(megabytes)s MB at most; nothing of it was taken.")
    hint = _("Send it in several parts, each with an idempotency key of its own.")


class PushNotUnderstood(BusinessError):
    code = "push_not_understood"
    status = 400
    sentence = _("The delivery is not a JSON list of rows, nor an object with such a list under “rows”.")
    hint = _('Send UTF-8 JSON, for example [{"id": 1, "amount": "12.50"}].')


class PushKeyMissing(BusinessError):
    code = "push_key_missing"
    status = 422
    sentence = _("The header Idempotency-Key is missing, or longer than 100 characters.")
    hint = _("Give each delivery a key of its own and repeat it when you send the same delivery again.")


class PushKeyUsed(BusinessError):
    code = "push_key_used"
    sentence = _("This idempotency key was used for another delivery; nothing was taken.")
    hint = _("Give each delivery a key of its own. Send the same rows under the same key to have the same answer.")


class PushTooOften(BusinessError):
    code = "push_too_often"
    status = 429
    sentence = _("Too many deliveries in a short time; nothing of this one was taken.")
    hint = _("Wait a minute, and send more rows in fewer deliveries.")


class PushRowsRefused(BusinessError):
    """Rows that are no rows: `rows` says for each which one and why. Nothing was taken."""

    code = "push_rows_refused"
    status = 422
    sentence = _("%(count)s of the rows cannot be read, so nothing was taken.")
    hint = _("Each row is an object with its own key. Correct those that are named and send the delivery again.")

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        super().__init__(count=len(rows))
        self.rows = rows

    def as_json(self) -> dict[str, Any]:
        """The error, with the rows that it is about."""
        return {"error": {**super().as_json()["error"], "rows": self.rows}}
