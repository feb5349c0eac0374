"""What a database says, in words of ours: its own may hold data."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from accord.metrics.errors.connectors import (
    AnswerTooSlow,
    QueryFailed,
    SignInRefused,
    SourceFailed,
    SourceUnreachable,
)

_WRONG_PASSWORD = ("28000", "28P01", "1045", "1044")
_TOO_SLOW = ("57014", "3024", "1969", "interrupted")
# Messages of SQLite that hold nothing but names.
_NAMES_ONLY = ("no such table", "no such column", "near ")


def in_words(error: SQLAlchemyError, host: str, stream: str, seconds: int) -> SourceFailed:
    """The error to raise instead."""
    if not isinstance(error, DBAPIError) or error.orig is None:
        return QueryFailed(host=host, stream=stream, reason=type(error).__name__)
    said, code = str(error.orig), _code(error.orig)
    if code in _WRONG_PASSWORD or "password authentication failed" in said:
        return SignInRefused(host=host, answer=code or "28P01")
    if code in _TOO_SLOW or said == "interrupted":
        return AnswerTooSlow(host=host, limit=seconds)
    if error.statement is None or error.connection_invalidated:
        return SourceUnreachable(host=host)
    reason = said if said.startswith(_NAMES_ONLY) else type(error.orig).__name__
    return QueryFailed(host=host, stream=stream, reason=f"{reason} {code}".strip())


def _code(error: BaseException) -> str:
    """The number by which the database itself calls the error."""
    state = getattr(error, "sqlstate", None)
    if state:
        return str(state)
    first = error.args[0] if error.args else None
    return str(first) if isinstance(first, int) else ""
