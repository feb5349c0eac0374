"""The status of a group: how many of its KPIs shine in which colour, what light that is, and how attainment spreads.

A group is off track where a quarter or more of the judged KPIs are. It is on track where three quarters or more are and
fewer than one in fifty is off track. Otherwise it is at risk. Bands of attainment lie within the lights, so that a
histogram and its lights always agree.
"""

from __future__ import annotations

from dataclasses import dataclass

from accord.domain.status import Light

MINIMUM = 5
"""Below so many people a spread says more about each of them than about the group: it is not drawn."""


@dataclass(frozen=True)
class Band:
    """A range of attainment within one light, from `lower` (inclusive) to `upper`; None is without an end."""

    light: Light
    lower: float | None
    upper: float | None

    @property
    def label(self) -> str:
        """The range in percent: < 50%, 50–75%, ≥ 120%."""
        if self.lower is None:
            return f"< {self.upper or 0:.0%}"
        if self.upper is None:
            return f"≥ {self.lower:.0%}"
        return f"{self.lower * 100:.0f}–{self.upper:.0%}"


BANDS = (
    Band(Light.RED, None, 0.5),
    Band(Light.RED, 0.5, 0.75),
    Band(Light.YELLOW, 0.75, 0.85),
    Band(Light.YELLOW, 0.85, 0.95),
    Band(Light.GREEN, 0.95, 1.05),
    Band(Light.GREEN, 1.05, 1.2),
    Band(Light.GREEN, 1.2, None),
)
"""From the worst to the best."""


def group_light(red: int, yellow: int, green: int) -> Light | None:
    """The light of a group with so many KPIs in each colour; None where nothing is judged."""
    judged = red + yellow + green
    if not judged:
        return None
    if 4 * red >= judged:
        return Light.RED
    return Light.GREEN if 4 * green >= 3 * judged and 50 * red < judged else Light.YELLOW
