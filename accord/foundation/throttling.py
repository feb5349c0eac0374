"""Counting attempts, so that guessing is slow and nobody else is kept out.

Counts live in the database: every web process sees the same number, and a restart forgets nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import IPv6Address, ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accord.foundation.models import AttemptCount


@dataclass(frozen=True)
class Limit:
    """At most `amount` attempts of one subject in each stretch of `seconds`."""

    name: str
    amount: int
    seconds: int

    def take(self, subject: str) -> bool:
        """Count one attempt of `subject`; False when the stretch is used up."""
        row = self._row(subject)
        counts = AttemptCount.objects.filter(**row)
        if self._count_up(counts):
            return True
        # Nothing counted yet, or full. Whoever loses the race to make the row counts on it.
        return AttemptCount.objects.get_or_create(**row, defaults={"count": 1})[1] or self._count_up(counts)

    def give_back(self, subject: str) -> None:
        """Forget one attempt: it was good."""
        AttemptCount.objects.filter(**self._row(subject), count__gt=0).update(count=F("count") - 1)

    def _count_up(self, counts: object) -> bool:
        return bool(counts.filter(count__lt=self.amount).update(count=F("count") + 1))  # type: ignore[attr-defined]

    def _row(self, subject: str) -> dict[str, object]:
        # People type passwords into the wrong field; a keyed hash keeps them out of the table.
        key = salted_hmac("accord.throttling", f"{self.name}\0{subject}", algorithm="sha256").hexdigest()
        stretch = int(timezone.now().timestamp()) // self.seconds + 1
        return {"key": key, "until": datetime.fromtimestamp(stretch * self.seconds, UTC)}


Claims = Sequence[tuple[Limit, str]]


def take_all(claims: Claims) -> bool:
    """Count one attempt under every limit, or under none when one of them is used up."""
    for place, (limit, subject) in enumerate(claims):
        if not limit.take(subject):
            give_back_all(claims[:place])
            return False
    return True


def give_back_all(claims: Claims) -> None:
    """Forget what `take_all` counted."""
    for limit, subject in claims:
        limit.give_back(subject)


def address_of(request: HttpRequest) -> str:
    """Return where a request comes from: an IPv4 address, or the /64 that one IPv6 customer holds."""
    address = ip_address(get_adapter().get_client_ip(request))
    return str(ip_network(f"{address}/64", strict=False)) if isinstance(address, IPv6Address) else str(address)


def forget_past_attempts() -> int:
    """Delete counts whose stretch is over; return how many."""
    return AttemptCount.objects.filter(until__lt=timezone.now()).delete()[0]
