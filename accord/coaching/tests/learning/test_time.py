"""Assessing oneself by what is shipped stays short, in every position family."""

from __future__ import annotations

import pytest

from accord.coaching.queries.competencies import stands_of
from accord.coaching.queries.competency_time import predicted
from accord.coaching.services.shipping import install_shipped_learning
from accord.goals.services.position_map import install_shipped_map
from accord.people.models import PositionFamily
from tests.cast import Cast

BUDGET = 180


@pytest.fixture
def shipped(db: None) -> None:
    install_shipped_map()
    install_shipped_learning()


def test_assessing_oneself_takes_three_minutes_at_most(cast: Cast, shipped: None) -> None:
    position = cast.xiaozhang.position
    for family in PositionFamily.objects.all():
        position.family = family
        position.save()
        stands = stands_of(cast.xiaozhang)
        assert 6 <= len(stands) <= 8, family.code
        assert predicted(stands) <= BUDGET, family.code
