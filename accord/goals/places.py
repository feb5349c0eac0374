"""The tabs below “Goals”, in the order in which a cycle runs; each topic adds its own line."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class GoalPlace:
    """One tab: what it is called, and the name of its address."""

    label: str | Promise
    url_name: str


PLACES: tuple[GoalPlace, ...] = (
    GoalPlace(_("My goals"), "goals:kpis"),
    GoalPlace(_("Scorecard"), "goals:scorecard"),
    GoalPlace(_("Agreements"), "goals:agreements"),
    GoalPlace(_("Position map"), "goals:position-map"),
    GoalPlace(_("Check-ins"), "goals:check-ins"),
)
