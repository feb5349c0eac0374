"""Who may be connected to: nobody in a private network whom an administrator did not allow, whatever a name says."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from accord.metrics.errors.connectors import HostMustBeListed, HostNotAllowed, HostUnknown
from accord.metrics.models import AllowedHost

Address = IPv4Address | IPv6Address

# Reserved for machines that tell the keys of a cloud, or for tricks with addresses, and yet "global" for Python.
_NEVER_GLOBAL = tuple(
    map(
        ip_network,
        ("168.63.129.16/32", "192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48", "fec0::/10", "::/96"),
    )
)
# Clouds hand out keys there. Allowed only by the address itself, never by a name that happens to lead there.
_METADATA = tuple(
    map(ip_network, ("169.254.0.0/16", "fe80::/10", "100.100.100.200/32", "168.63.129.16/32", "fd00:ec2::254/128"))
)
_NAT64 = IPv6Network("64:ff9b::/96")


def look_up(host: str, port: int) -> list[str]:
    """The addresses of a host, also of one written as a number, octal or hexadecimal."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True)
class Guard:
    """The rule for one reading of the allowed hosts; port 0 is any port.

    HTTP sources connect to the very addresses that `addresses` returns (`transports`), so that a name cannot lead
    somewhere else between the check and the connection.
    """

    allowed: frozenset[tuple[str, int]] = frozenset()
    resolve: Callable[[str, int], list[str]] = look_up

    def addresses(self, host: str, port: int) -> list[str]:
        """Where to connect for `host`. Raises HostUnknown, and HostNotAllowed if any of them is out of bounds."""
        if not 0 < port < 1 << 16:
            raise HostUnknown(host=host)
        try:
            found = [ip_address(text.partition("%")[0]) for text in self.resolve(host, port)]
        except (OSError, UnicodeError, ValueError):
            raise HostUnknown(host=host) from None
        if not found:
            raise HostUnknown(host=host)
        allowed = self.allows(host, port)
        for address in found:
            if not self._reachable(address, port, by_name=allowed):
                raise HostNotAllowed(host=host)
        return [str(address) for address in found]

    def require_listed(self, host: str, port: int) -> None:
        """For what connects by a library of its own and resolves again: the host itself must be an allowed one."""
        if not self.allows(host, port):
            raise HostMustBeListed(host=f"{host}:{port}")

    def allows(self, host: str, port: int) -> bool:
        name = plain_host(host)
        return (name, port) in self.allowed or (name, 0) in self.allowed

    def _reachable(self, address: Address, port: int, *, by_name: bool) -> bool:
        if self.allows(str(address), port):
            return True
        inner = [address, *_inside(address)]
        if any(each in network for each in inner for network in _METADATA):
            return False
        return by_name or all(map(_is_public, inner))


def guard() -> Guard:
    """The rule as it stands now."""
    return Guard(frozenset((plain_host(host), port) for host, port in _listed()))


def plain_host(host: str) -> str:
    """A host as it is compared: small letters, without the dot at the end or the brackets of IPv6."""
    return host.strip().strip("[]").rstrip(".").lower()


def _listed() -> Iterable[tuple[str, int]]:
    return AllowedHost.objects.values_list("host", "port")


def _is_public(address: Address) -> bool:
    if address in _NAT64:
        # Stands for an IPv4 address, which is looked at by itself.
        return True
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not any(address in network for network in _NEVER_GLOBAL)
    )


def _inside(address: Address) -> list[Address]:
    """The IPv4 addresses that an IPv6 address stands for."""
    if isinstance(address, IPv4Address):
        return []
    inside: list[Address] = [each for each in (address.ipv4_mapped, address.sixtofour) if each]
    if address.teredo:
        inside += address.teredo
    if address in _NAT64:
        inside.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return inside
