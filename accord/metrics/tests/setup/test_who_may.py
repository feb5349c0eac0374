"""Who may look at a source, who may set one up, and what everybody else is answered."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from accord.metrics.models import Connection, Identity, MetricMapping
from accord.metrics.presets import presets
from accord.metrics.services.connections.hosts import allow_host
from accord.metrics.services.connections.making import make_connection
from accord.metrics.services.connections.mappings import Wanted, take_metric
from accord.metrics.tests.setup.builders import tickets_of
from tests.cast import Cast, client_of, grant
from tests.ladder import Ladder


def _mapped(cast: Cast) -> MetricMapping:
    connection = tickets_of(cast.hrbp_wang)
    told = presets()["request_tracker"].suggestions[1]
    return take_metric(connection, Wanted(told.stream, told.rule, told.definition()), cast.hrbp_wang)


class _OfASource(Ladder):
    """What is about one source is nothing to anybody but those who look after data."""

    may_open = ("hrbp_wang",)
    hidden_from = ("xiaozhang", "manager_li", "executive_chen", "stranger", "auditor")

    def make(self, cast: Cast) -> Any:
        # No address is looked up: what cannot be reached is said on the page.
        return tickets_of(cast.hrbp_wang, "http://127.0.0.1:9")

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]


class _OnForms(_OfASource):
    may_open = ("hrbp_wang", "administrator")
    wrong_verbs = ("delete",)


class TestSource(_OfASource):
    url_name = "metrics:source"
    may_open = ("hrbp_wang", "administrator")


class TestAddress(_OnForms):
    url_name = "metrics:source_address"


class TestRows(_OnForms):
    url_name = "metrics:source_rows"


class TestMappings(_OfASource):
    url_name = "metrics:source_mappings"
    may_open = ("hrbp_wang", "administrator")


class TestNewMapping(_OnForms):
    url_name = "metrics:source_mapping_new"


class TestSchedule(_OnForms):
    url_name = "metrics:source_schedule"


class TestSettings(_OnForms):
    url_name = "metrics:source_settings"


class TestPeople(_OfASource):
    url_name = "metrics:source_people"
    may_open = ("hrbp_wang", "administrator")


class TestMapping(_OnForms):
    url_name = "metrics:source_mapping"

    def make(self, cast: Cast) -> Any:
        return _mapped(cast)

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.connection_id, self.thing.pk]


class _Act(_OfASource):
    method = "post"

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"edition": 1}


class TestAdopting(_Act):
    url_name = "metrics:source_adopt"


class TestPausing(_Act):
    url_name = "metrics:source_pause"


class TestEnding(_Act):
    url_name = "metrics:source_end"


class _WithAMetric(_Act):
    def make(self, cast: Cast) -> Any:
        return _mapped(cast).connection


class TestStarting(_WithAMetric):
    url_name = "metrics:source_start"


class TestRunning(_WithAMetric):
    url_name = "metrics:source_run"


class TestRemovingAMapping(_Act):
    url_name = "metrics:source_mapping_remove"

    def make(self, cast: Cast) -> Any:
        return _mapped(cast)

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.connection_id, self.thing.pk]


class TestResolving(_Act):
    url_name = "metrics:source_person"

    def make(self, cast: Cast) -> Any:
        return Identity.objects.create(connection=tickets_of(cast.hrbp_wang), by="email", name="bot@company.example")

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.connection_id, self.thing.pk]

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"nobody": "1"}


class TestForgettingAHost(_Act):
    url_name = "metrics:host_forget"
    may_open = ("administrator",)
    refused_to = ("hrbp_wang",)

    def make(self, cast: Cast) -> Any:
        return allow_host("crm.internal", 443, "内网", cast.administrator)


@pytest.mark.parametrize("name", ["sources", "source_new"])
def test_the_list_and_the_gallery_are_for_those_who_look_after_data(cast: Cast, name: str) -> None:
    address = reverse(f"metrics:{name}")
    for person in (cast.hrbp_wang, cast.administrator):
        assert client_of(person).get(address).status_code == 200
    for person in (cast.xiaozhang, cast.manager_li, cast.executive_chen):
        assert client_of(person).get(address).status_code == 403


def test_another_hr_partner_sees_that_it_runs_and_not_what_is_read(cast: Cast) -> None:
    connection = tickets_of(cast.hrbp_wang, "http://127.0.0.1:9")
    grant(cast.stranger_manager, "hrbp", cast.service)
    client = client_of(cast.stranger_manager)
    assert client.get(reverse("metrics:source", args=[connection.pk])).status_code == 200
    for name in ("source_address", "source_rows", "source_mappings", "source_settings", "source_people"):
        assert client.get(reverse(f"metrics:{name}", args=[connection.pk])).status_code == 403
    assert client.post(reverse("metrics:source_pause", args=[connection.pk]), {"edition": 1}).status_code == 403


def test_only_an_administrator_sees_the_allowed_hosts(cast: Cast) -> None:
    address = reverse("metrics:hosts")
    assert client_of(cast.administrator).get(address).status_code == 200
    assert client_of(cast.hrbp_wang).get(address).status_code == 403
    assert client_of(cast.xiaozhang).get(address).status_code == 404


class TestConnecting(Ladder):
    url_name = "metrics:source_make"
    may_open = ("hrbp_wang", "administrator")
    hidden_from = ()
    refused_to = ("xiaozhang", "manager_li", "stranger")
    wrong_verbs = ("delete",)

    def args(self, cast: Cast) -> list[Any]:
        return ["request_tracker"]

    def test_a_preset_that_does_not_exist_is_not_found(self, cast: Cast) -> None:
        assert client_of(cast.hrbp_wang).get(reverse(self.url_name, args=["excel-macro"])).status_code == 404


class TestToken(_Act):
    url_name = "metrics:source_token"

    def make(self, cast: Cast) -> Connection:
        preset = presets()["push"]
        settings = {"v": 1, "zone": "Asia/Shanghai", "streams": {"rows": {"key": "id"}}}
        return make_connection("门禁", "push", preset.slug, settings, "", cast.hrbp_wang)
