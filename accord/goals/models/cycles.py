"""Performance cycles: the stretch of time for which KPIs and their weights hold together."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.foundation.models.fields import ExactDecimalField


class Cycle(models.Model):
    """A quarter, half-year or any other stretch, both days inclusive.

    `okr_share` is the share of the total score (0.2 is 20 %) that objectives make up. 0, the default, keeps them out.
    """

    name = models.CharField(pgettext_lazy("thing", "name"), max_length=50, unique=True)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    okr_share = ExactDecimalField(
        _("share of objectives in the score"), default=0, validators=[MinValueValidator(0), MaxValueValidator(1)]
    )

    class Meta:
        db_table = "cycles"
        verbose_name = _("cycle")
        constraints = [
            models.CheckConstraint(
                name="cycle_ends_after_start", condition=models.Q(ends_on__gte=models.F("starts_on"))
            )
        ]

    def __str__(self) -> str:
        return self.name
