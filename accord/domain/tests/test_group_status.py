"""The light of a group, on its edges, and bands that agree with the lights."""

from itertools import pairwise

import pytest

from accord.domain.group_status import BANDS, group_light
from accord.domain.status import GREEN_ATTAINMENT, YELLOW_ATTAINMENT, Light


@pytest.mark.parametrize(
    ("red", "yellow", "green", "light"),
    [
        (0, 0, 0, None),
        (1, 0, 3, Light.RED),
        (1, 0, 4, Light.YELLOW),
        (0, 1, 3, Light.GREEN),
        (0, 2, 5, Light.YELLOW),
        (1, 0, 49, Light.YELLOW),
        (1, 0, 50, Light.GREEN),
        (0, 4, 0, Light.YELLOW),
    ],
)
def test_a_group_turns_on_its_edges(red: int, yellow: int, green: int, light: Light | None) -> None:
    assert group_light(red, yellow, green) is light


def test_bands_follow_one_another_and_turn_where_the_lights_do() -> None:
    edges = [band.upper for band in BANDS[:-1]]
    assert edges == [band.lower for band in BANDS[1:]]
    turns = [band.lower for one, band in pairwise(BANDS) if one.light is not band.light]
    assert turns == [float(YELLOW_ATTAINMENT), float(GREEN_ATTAINMENT)]
    assert [band.label for band in (BANDS[0], BANDS[1], BANDS[-1])] == ["< 50%", "50–75%", "≥ 120%"]
