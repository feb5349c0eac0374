"""Keys that are none: an answer, never a breakdown."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accord.goals.forms.decomposition import _key
from accord.goals.tests.objectives.builders import cycle_around, objective_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db
STRANGE = ("9" * 5000, "²", "-1", "1e400", "NaN", "")


@pytest.mark.parametrize("text", STRANGE)
def test_moving_below_something_strange(cast: Cast, text: str) -> None:
    objective, client = objective_of(cast.xiaozhang), Client()
    client.force_login(cast.xiaozhang.user)
    answer = client.post(reverse("goals:objectives_move", args=[objective.pk]), {"parent": text, "edition": text})
    assert answer.status_code in (302, 404, 409)


@pytest.mark.parametrize("text", STRANGE)
def test_a_share_that_nobody_saw(cast: Cast, text: str) -> None:
    cycle, client = cycle_around(), Client()
    client.force_login(cast.executive_chen.user)
    sent = {"share": "20", "reason": "试行", "seen": text}
    assert client.post(reverse("goals:objectives_set_share", args=[cycle.pk]), sent).status_code in (409, 422)
    cycle.refresh_from_db()
    assert cycle.okr_share == 0


@pytest.mark.parametrize("text", STRANGE)
def test_a_cell_of_no_metric(text: str) -> None:
    assert _key(text) == 0
