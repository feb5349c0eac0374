"""The tabs below “Metrics”: what is measured, where the numbers come from, and what moves them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accord.metrics.access.connections import may_set_up
from accord.people.access import Actor


def _everybody(_actor: Actor) -> bool:
    return True


@dataclass(frozen=True)
class MetricPlace:
    """One tab: what it is called, the name of its address, and for whom it is drawn."""

    label: str | Promise
    url_name: str
    may_open: Callable[[Actor], bool] = _everybody


PLACES: tuple[MetricPlace, ...] = (
    MetricPlace(_("Metric library"), "metrics:library"),
    MetricPlace(_("Driver trees"), "metrics:trees"),
    MetricPlace(_("Data sources"), "metrics:sources", may_open=may_set_up),
)
