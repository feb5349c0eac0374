"""A decimal column that is exact on every database."""

from decimal import Decimal
from typing import Any

from django.db import models

from accord.domain.numbers import from_micro, to_micro


class ExactDecimalField(models.Field[Any, Any]):
    """A Decimal with six decimals, stored as whole millionths in a 64-bit integer.

    SQLite keeps Django's own DecimalField as binary floating point; here comparisons in SQL are exact on both.
    """

    def get_internal_type(self) -> str:
        return "BigIntegerField"

    def from_db_value(self, value: int | None, expression: Any, connection: Any) -> Decimal | None:
        return None if value is None else from_micro(value)

    def get_prep_value(self, value: Any) -> Any:
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return to_micro(Decimal(value))

    def to_python(self, value: Any) -> Decimal | None:
        return value if value is None or isinstance(value, Decimal) else Decimal(str(value))
