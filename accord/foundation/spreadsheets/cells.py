"""From a stored cell value to the text a person sees."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from accord.foundation.spreadsheets.workbook_parts import Look, Style

# Excel believes that 1900 had a 29 February, so its days after that count from 30 December 1899.
_EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001 (a sheet knows no time zone)
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_LAST_SERIAL = 2_958_465


def number_text(value: str) -> str:
    """The stored number in plain digits: no `.0`, no exponent, at most the 15 digits that spreadsheets keep."""
    if value.isdigit() and len(value) <= 15:
        return value
    try:
        number = Decimal(value)
        if len(number.as_tuple().digits) > 15:
            number = Decimal(format(float(value), ".15g"))
    except (InvalidOperation, ValueError, OverflowError):
        return value
    return plain(number)


def plain(number: Decimal) -> str:
    """Digits without exponent and without trailing zeros; numbers beyond any use keep their exponent."""
    if not number.is_finite() or abs(number.adjusted()) > 40:
        return str(number)
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def styled_text(value: str, style: Style, *, counts_from_1904: bool) -> str:
    """The number `value` as `style` shows it: `2026-10-05`, `12%`, `000123`."""
    text = number_text(value)
    if style.look is Look.PERCENT:
        return f"{plain(Decimal(text) * 100)}%" if _is_number(text) else text
    if style.look is Look.DATE:
        return date_text(text, counts_from_1904=counts_from_1904)
    if style.look is Look.PADDED and text.isdigit():
        return text.zfill(style.digits)
    return text


def date_text(serial: str, *, counts_from_1904: bool) -> str:
    """A day number as an ISO date, with the time where there is one; what is no day number stays as it is."""
    if not _is_number(serial) or not 0 <= (days := Decimal(serial)) <= _LAST_SERIAL:
        return serial
    seconds = round(days * 86_400)
    if seconds < 86_400 and not counts_from_1904:
        return str(timedelta(seconds=seconds)).zfill(8)
    epoch = _EPOCH_1904 if counts_from_1904 else _EPOCH_1900
    if not counts_from_1904 and seconds < 60 * 86_400:
        epoch += timedelta(days=1)
    moment = epoch + timedelta(seconds=seconds)
    if moment.time().isoformat() == "00:00:00":
        return moment.date().isoformat()
    return moment.isoformat(sep=" ")


def iso_text(value: str) -> str:
    """An ISO date cell (`t="d"`) without an empty time."""
    day, _, time = value.partition("T")
    time = time.removesuffix("Z").removesuffix(".000")
    return day if time in ("", "00:00:00", "00:00") else f"{day} {time}"


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
