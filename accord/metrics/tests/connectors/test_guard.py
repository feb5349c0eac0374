"""Who may be connected to: every form in which a private address can be written, and names that change their mind."""

from __future__ import annotations

from typing import Any

import httpcore
import pytest

from accord.metrics.connectors.guard import Guard, guard
from accord.metrics.errors.connectors import HostMustBeListed, HostNotAllowed, HostUnknown
from accord.metrics.models import AllowedHost
from accord.metrics.tests.connectors.hostile import Reply, serving
from accord.metrics.tests.connectors.sources import opened, read_all, simple_settings

PRIVATE = (
    "127.0.0.1", "127.8.8.8", "0.1.2.3", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "100.100.100.200", "168.63.129.16", "192.0.0.192", "192.88.99.1", "198.18.0.1", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fd00::1", "fd00:ec2::254", "fec0::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "2001:0:7f00:1::80ff:fffe", "2001:db8::1",
)  # fmt: skip
WRITTEN_OTHERWISE = ("2130706433", "0x7f000001", "0x7f.1", "017700000001", "0177.0.0.1", "127.1", "[::1]", "0")


def leads_to(*addresses: str) -> Any:
    return lambda host, port: list(addresses)


@pytest.mark.parametrize("address", PRIVATE)
def test_nothing_private_or_reserved_is_connected_to(address: str) -> None:
    with pytest.raises(HostNotAllowed):
        Guard(resolve=leads_to(address)).addresses("crm.example.com", 443)


@pytest.mark.parametrize("host", WRITTEN_OTHERWISE)
def test_numbers_octal_and_hexadecimal_are_what_the_system_makes_of_them(host: str) -> None:
    with pytest.raises((HostNotAllowed, HostUnknown)):
        Guard().addresses(host, 80)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_public_addresses_are_connected_to(address: str) -> None:
    assert Guard(resolve=leads_to(address)).addresses("crm.example.com", 443)


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(HostNotAllowed):
        Guard(resolve=leads_to("93.184.216.34", "10.0.0.1")).addresses("crm.example.com", 443)


def test_an_allowed_host_may_be_private_on_its_port_only() -> None:
    allowing = Guard(frozenset({("crm.corp", 8443)}), leads_to("10.0.0.7"))
    assert allowing.addresses("CRM.corp.", 8443) == ["10.0.0.7"]
    with pytest.raises(HostNotAllowed):
        allowing.addresses("crm.corp", 22)
    any_port = Guard(frozenset({("crm.corp", 0)}), leads_to("10.0.0.7"))
    assert any_port.addresses("crm.corp", 22) == ["10.0.0.7"]


@pytest.mark.parametrize("address", ["169.254.169.254", "fe80::1", "::ffff:169.254.169.254", "100.100.100.200"])
def test_the_keys_of_a_cloud_are_not_to_be_had_by_an_allowed_name(address: str) -> None:
    """Whoever owns the name could turn it; only the address itself can be allowed."""
    with pytest.raises(HostNotAllowed):
        Guard(frozenset({("crm.corp", 80)}), leads_to(address)).addresses("crm.corp", 80)


@pytest.mark.parametrize("found", [[], ["nonsense"]])
def test_a_name_without_an_address_is_unknown(found: list[str]) -> None:
    with pytest.raises(HostUnknown):
        Guard(resolve=leads_to(*found)).addresses("nowhere.example", 443)


def test_what_resolves_by_itself_needs_an_allowed_host() -> None:
    with pytest.raises(HostMustBeListed):
        Guard().require_listed("db.example.com", 5432)
    Guard(frozenset({("db.example.com", 5432)})).require_listed("DB.example.com", 5432)


def test_a_name_cannot_lead_elsewhere_after_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection goes to the address that was looked at; the name is asked for once."""
    answers = [["93.184.216.34"], ["127.0.0.1"]]
    connected: list[str] = []

    def connect(self: Any, host: str, *_: Any, **__: Any) -> Any:
        connected.append(host)
        raise httpcore.ConnectError

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    with serving(lambda asked: Reply({"rows": []})) as server:
        rebinding = Guard(resolve=lambda host, port: answers.pop(0))
        settings = simple_settings(f"http://rebound.example:{server.port}")
        with pytest.raises(HostNotAllowed):
            opened(server, settings, guard=rebinding).sample("rows")
    assert connected == ["93.184.216.34"]
    assert server.asked == []


def test_a_private_source_is_read_by_its_name_once_it_is_allowed() -> None:
    with serving(lambda asked: Reply({"rows": [{"id": 1, "name": "甲"}]})) as server:
        settings = simple_settings(f"http://crm.corp:{server.port}")
        named = Guard(frozenset({("crm.corp", server.port)}), leads_to("127.0.0.1"))
        assert len(read_all(opened(server, settings, guard=named))[0]) == 1
        assert server.asked[0].headers["Host"] == f"crm.corp:{server.port}"
        with pytest.raises(HostNotAllowed):
            opened(server, settings, guard=Guard(resolve=leads_to("127.0.0.1"))).sample("rows")


def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with serving(lambda asked: Reply({"rows": [{"id": 1, "name": "甲"}]})) as server:
        assert len(read_all(opened(server, simple_settings(server.base)))[0]) == 1


@pytest.mark.django_db
def test_the_rule_is_what_administrators_allowed() -> None:
    AllowedHost.objects.create(host="CRM.Corp", port=443, reason="我们的 CRM")
    assert guard().allows("crm.corp", 443)
    assert not guard().allows("crm.corp", 80)
