"""The tabs below “Goals”: first what everybody needs every week, then what a cycle is made from."""

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
    GoalPlace(_("Scorecard"), "goals:scorecard"),
    GoalPlace(_("Check-ins"), "goals:check-ins"),
    GoalPlace(_("Agreements"), "goals:agreements"),
    GoalPlace(_("OKR"), "goals:objectives"),
    GoalPlace(_("Decomposition"), "goals:decompositions"),
    GoalPlace(_("Workshops"), "goals:workshops"),
    GoalPlace(pgettext_lazy("place", "Assessment models"), "goals:models"),
    GoalPlace(_("Position map"), "goals:position-map"),
    GoalPlace(_("Calibration"), "goals:calibrations"),
)
