"""Pieces that stand alone or wrap content: cards, figures, empty states, callouts, tables, dialogs."""

from typing import Any

from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accord.foundation.components.signs import icon as draw_icon
from accord.foundation.errors import Text

CALLOUT_ICONS = {
    "primary": "info-circle",
    "green": "circle-check",
    "yellow": "alert-triangle",
    "red": "alert-circle",
    "grey": "info-circle",
}


def card(
    content: str, title: Text = "", subtitle: Text = "", more: Text = "", more_url: str = "", flush: bool = False
) -> SafeString:
    """Wrap content in a card. `flush` lets a table reach its edges; `more` with `more_url` leads to the whole."""
    return render_to_string(
        "components/card.html",
        {
            "content": content,
            "title": title,
            "subtitle": subtitle,
            "more": more,
            "more_url": more_url,
            "flush": flush,
        },
    )


def stat(
    label: Text, value: Text, unit: Text = "", note: Text = "", icon: str = "", tone: str = "", line: str = ""
) -> dict[str, Any]:
    """Show one figure as a card: a big number with its unit, a note (a light, a change), perhaps a sparkline."""
    return {"label": label, "value": value, "unit": unit, "note": note, "icon": icon, "tone": tone, "line": line}


def empty_state(
    title: Text, text: Text = "", icon: str = "inbox", action: Text = "", action_url: str = ""
) -> dict[str, Any]:
    """Say why nothing is here and what the one next step is."""
    return {"title": title, "text": text, "icon": icon, "action": action, "action_url": action_url}


def skeleton(lines: int = 3) -> dict[str, Any]:
    """Stand in for a panel that still loads."""
    return {"lines": range(lines)}


def callout(content: str, tone: str = "primary", title: Text = "") -> SafeString:
    """Wrap a sentence that belongs to the page. Tones: primary, green, yellow, red, grey; red is read out at once."""
    heading = format_html('<div class="callout-title">{}</div>', title) if title else ""
    return format_html(
        '<div class="callout tone-{}" role="{}">{}<div>{}{}</div></div>',
        tone,
        "alert" if tone == "red" else "note",
        draw_icon(CALLOUT_ICONS[tone]),
        heading,
        content,
    )


def table(content: str, label: Text, kind: str = "") -> SafeString:
    """Wrap `<thead>` and `<tbody>` in a table that scrolls by itself. `kind`: cards (rows fold on a phone) or heat."""
    return format_html(
        '<div class="table-scroll" role="region" tabindex="0" aria-label="{0}">'
        '<table class="table{1}" aria-label="{0}">{2}</table></div>',
        label,
        f" table-{kind}" if kind else "",
        content,
    )


def dialog(
    context: Context,
    content: str,
    name: str,
    button: Text,
    title: Text,
    action: str,
    confirm: Text,
    tone: str = "primary",
) -> SafeString:
    """Show a button that asks before it acts: the content explains, `confirm` posts to `action`.

    `name` is unique on the page. Form fields inside the content are posted too. Tones: primary, danger. With an empty
    `button` the dialog alone is drawn, for a button elsewhere with `commandfor="<name>" command="show-modal"`.
    """
    return render_to_string(
        "components/dialog.html",
        {
            "content": content,
            "name": name,
            "button": button,
            "title": title,
            "action": action,
            "confirm": confirm,
            "tone": tone,
        },
        request=context["request"],
    )
