"""The tabs below “Metrics”."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class MetricPlace:
    """One tab: what it is called, and the name of its address."""

    label: str | Promise
    url_name: str


PLACES: tuple[MetricPlace, ...] = (
    MetricPlace(_("Metric library"), "metrics:library"),
    MetricPlace(_("Driver trees"), "metrics:trees"),
)
