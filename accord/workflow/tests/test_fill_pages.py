"""The pages of a form that is filled in: who may, and that everything works without a script."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accord.workflow.models import FormFill
from accord.workflow.tests.form_samples import CHECK_IN, filled_by
from tests.cast import Cast


@pytest.fixture
def zhang(client: Client, cast: Cast) -> Client:
    client.force_login(cast.xiaozhang.user)
    return client


def test_a_form_of_every_kind_is_filled_in_without_a_script(zhang: Client, cast: Cast) -> None:
    fill = filled_by(cast.xiaozhang, CHECK_IN)
    here = reverse("workflow:fill", args=[fill.pk])
    page = zhang.get(here)
    assert page.status_code == 200
    print(page.content.decode())
