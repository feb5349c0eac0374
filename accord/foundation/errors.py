"""Errors that people read: a code for machines, a sentence that says what and where, a hint what to do."""

from django.utils.functional import Promise

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
