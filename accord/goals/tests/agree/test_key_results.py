"""A line may say which key result it serves: one of the person's own, their unit's, or of a unit above."""

import pytest
from django.urls import reverse

from accord.goals.models import Agreement, KeyResult
from accord.goals.services.agreements.terms import propose
from accord.goals.tests.agree.builders import drafted, metric, wording
from accord.goals.tests.objectives.builders import key_result_of, objective_of
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db


def proposed(cast: Cast) -> Agreement:
    agreement = drafted(cast.xiaozhang)
    propose(wording(agreement), cast.manager_li)
    return agreement


def sent(agreement: Agreement, cast: Cast, key_result: KeyResult) -> int:
    prefix = f"line{metric().pk}"
    values = {"edition": wording(agreement).edition, "weight": "60", "target": "24", "key_result_id": key_result.pk}
    address = reverse("goals:agreement_edit_line", args=[agreement.pk, metric().pk])
    payload = {f"{prefix}-{name}": value for name, value in values.items()}
    return client_of(cast.manager_li).post(address, payload).status_code


def test_a_line_serves_a_key_result_of_the_unit(cast: Cast) -> None:
    agreement = proposed(cast)
    ours = key_result_of(objective_of(cast.east, cycle=agreement.cycle))
    page = client_of(cast.xiaozhang).get(reverse("goals:agreement", args=[agreement.pk])).content.decode()
    assert "提升客户复购率 · 复购率" in page
    assert sent(agreement, cast, ours) == 302
    assert wording(agreement).lines.get(metric=metric()).key_result == ours
    page = client_of(cast.xiaozhang).get(reverse("goals:agreement", args=[agreement.pk])).content.decode()
    assert "支撑的关键结果" in page


def test_a_key_result_of_another_unit_is_not_taken(cast: Cast) -> None:
    agreement = proposed(cast)
    key_result_of(objective_of(cast.east, cycle=agreement.cycle))
    theirs = key_result_of(objective_of(cast.service, cycle=agreement.cycle))
    assert sent(agreement, cast, theirs) == 422
    assert wording(agreement).edition == 0


def test_without_objectives_nothing_is_asked(cast: Cast) -> None:
    agreement = proposed(cast)
    page = client_of(cast.xiaozhang).get(reverse("goals:agreement", args=[agreement.pk])).content.decode()
    assert "支撑的关键结果" not in page
