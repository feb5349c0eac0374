"""A word-sized line of the last values, as SVG from the server: no script, nothing to load."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from accord.foundation.components.signs import light_code
from accord.foundation.errors import Text

Value = int | float | Decimal | None
WIDTH, HEIGHT, MARGIN = 96.0, 32.0, 4.0


def sparkline(
    values: Sequence[Value], target: Value = None, light: str | int | None = None, label: Text = ""
) -> SafeString:
    """Draw `values`, oldest first, in the colour of `light`, with the target dashed. A missing value leaves a gap."""
    known = [float(value) for value in [*values, target] if value is not None]
    if not known:
        return SafeString()
    low, span = min(known), (max(known) - min(known)) or 1.0
    step = (WIDTH - 2 * MARGIN) / max(len(values) - 1, 1)
    points = [
        None if value is None else (MARGIN + step * place, _height(float(value), low, span))
        for place, value in enumerate(values)
    ]
    tone = f" light-{light_code(light)}" if light is not None else ""
    return format_html(
        '<svg class="sparkline{}" viewBox="0 0 96 32" {}>{}<path class="sparkline-line" d="{}"></path>{}</svg>',
        tone,
        format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"'),
        _target_line(target, low, span),
        _path(points),
        _end(points),
    )


def _height(value: float, low: float, span: float) -> float:
    return HEIGHT - MARGIN - (value - low) / span * (HEIGHT - 2 * MARGIN)


def _path(points: Sequence[tuple[float, float] | None]) -> str:
    """Return an SVG path that lifts the pen over missing points."""
    steps, pen = [], "M"
    for point in points:
        if point is not None:
            steps.append(f"{pen}{point[0]:.1f} {point[1]:.1f}")
        pen = "M" if point is None else "L"
    return "".join(steps)


def _target_line(target: Value, low: float, span: float) -> SafeString:
    if target is None:
        return SafeString()
    height = f"{_height(float(target), low, span):.1f}"
    return format_html('<path class="sparkline-target" d="M0 {}H96"></path>', height)


def _end(points: Sequence[tuple[float, float] | None]) -> SafeString:
    last = next((point for point in reversed(points) if point is not None), None)
    if last is None:
        return SafeString()
    return format_html('<circle class="sparkline-end" cx="{}" cy="{}" r="3.5"></circle>', *(f"{x:.1f}" for x in last))
