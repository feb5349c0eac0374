"""The tabs below “Goals”, in the order in which a cycle runs; each topic adds its own line."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class GoalPlace:
    """One tab: what it is called, and the name of its address."""

    label: str | Promise
    url_name: str


PLACES: tuple[GoalPlace, ...] = (
    GoalPlace(_("My goals"), "goals:kpis"),
    GoalPlace(_("OKR"), "goals:objectives"),
    GoalPlace(_("Decomposition"), "goals:decompositions"),
    GoalPlace(_("Scorecard"), "goals:scorecard"),
    GoalPlace(_("Agreements"), "goals:agreements"),
    GoalPlace(_("Position map"), "goals:position-map"),
    GoalPlace(_("Workshops"), "goals:workshops"),
    GoalPlace(_("Check-ins"), "goals:check-ins"),
    GoalPlace(pgettext_lazy("place", "Assessment models"), "goals:models"),
    GoalPlace(_("Agreements"), "goals:agreements"),
    GoalPlace(_("Calibration"), "goals:calibrations"),
    GoalPlace(_("Check-ins"), "goals:check-ins"),
)
