"""Small signs inside a line: icons, status lights, badges, progress. Written without templates, so rows stay cheap."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import Text

LIGHTS: dict[str, Text] = {
    "green": _("On track"),
    "yellow": _("At risk"),
    "red": _("Off track"),
    "grey": _("No value yet"),
}
# The stored numbers of a light; no row means no value.
_STORED = {0: "grey", 1: "red", 2: "yellow", 3: "green"}

Number = int | float | Decimal


@dataclass(frozen=True)
class Mark:
    """One period of a strip: its light and what the tooltip says, e.g. “2026-W41: 92 %”."""

    light: str | int | None
    title: Text


def light_code(light: str | int | None) -> str:
    """Return `green`, `yellow`, `red` or `grey` for a stored number, a code or None. Raises KeyError for another."""
    code = light if isinstance(light, str) and light else _STORED[int(light or 0)]
    return code if code in LIGHTS else _unknown(code)


def _unknown(code: str) -> str:
    raise KeyError(f"no such light: {code}")


def icon(name: str, label: Text = "", size: str = "") -> SafeString:
    """Draw an icon of `frontend/icons.txt`. With a `label` it speaks; without one it is decoration. `size`: s, l."""
    classes = f"icon icon-{size}" if size else "icon"
    drawing = format_html("{}#{}", static("accord/dist/icons.svg"), name.replace("/", "-"))
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"></use></svg>', classes, label, drawing
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"></use></svg>', classes, drawing)


def light(status: str | int | None, word: Text = "", pill: bool = False) -> SafeString:
    """Show a status as colour, dot and word. `word` replaces the usual one; `pill` puts it on its tint."""
    code = light_code(status)
    return format_html(
        '<span class="light light-{}{}"><span class="light-dot"></span>{}</span>',
        code,
        " light-pill" if pill else "",
        word or LIGHTS[code],
    )


def light_strip(marks: Iterable[Mark], label: Text = "") -> SafeString:
    """Show the last periods as small marks, oldest first; each says its period and light to those who cannot see it."""
    rows = ((light_code(mark.light), mark.title, LIGHTS[light_code(mark.light)]) for mark in marks)
    items = format_html_join(
        "",
        '<li class="strip-mark light-{0}" title="{1} · {2}"><span class="visually-hidden">{1} · {2}</span></li>',
        rows,
    )
    return format_html('<ul class="strip" aria-label="{}">{}</ul>', label or _("Latest periods"), items)


def heat(status: str | int | None, value: Text, url: str = "") -> SafeString:
    """Show one value of a heat map on the tint of its light; the word is there for screen readers."""
    code = light_code(status)
    inside = format_html(
        '<span class="light-dot"></span>{}<span class="visually-hidden">{}</span>', value, LIGHTS[code]
    )
    if url:
        return format_html('<a class="heat light-{}" href="{}">{}</a>', code, url, inside)
    return format_html('<span class="heat light-{}">{}</span>', code, inside)


def badge(text: Text, tone: str = "", icon_name: str = "") -> SafeString:
    """Show a short word on a tint. Tones: primary, green, yellow, red, grey."""
    sign = icon(icon_name) if icon_name else SafeString()
    return format_html('<span class="badge{}">{}{}</span>', f" tone-{tone}" if tone else "", sign, text)


def progress(value: Number | None, label: Text, most: Number = 100, tone: str = "", shown: Text = "") -> SafeString:
    """Show how far something is. `value` None means working, of unknown length; `shown` replaces the percentage."""
    tone_class = f" tone-{tone}" if tone else ""
    if value is None:
        return format_html('<progress class="{}" aria-label="{}"></progress>', tone_class.strip(), label)
    share = Decimal(str(value)) / Decimal(str(most)) * 100 if most else Decimal(0)
    return format_html(
        '<span class="progress-line{}"><progress max="100" value="{}" aria-label="{}"></progress>'
        '<span class="progress-value">{}</span></span>',
        tone_class,
        f"{max(Decimal(0), min(Decimal(100), share)):.1f}",
        label,
        shown or f"{share:.0f}%",
    )


def delta(text: Text, direction: str, good: bool | None = None) -> SafeString:
    """Show a change with an arrow. `direction`: up, down or flat; `good` None is neither good nor bad."""
    arrow = {"up": "arrow-up-right", "down": "arrow-down-right", "flat": "minus"}[direction]
    mood = {True: "good", False: "bad", None: "flat"}[good]
    return format_html('<span class="delta delta-{}">{}{}</span>', mood, icon(arrow), text)
