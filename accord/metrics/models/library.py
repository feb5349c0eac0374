"""The metric library: what is measured, and how."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.domain.periods import Frequency
from accord.people.models import Employee


class Metric(models.Model):
    """One measurable thing. Who must reach how much of it is a KPI (goals), not said here."""

    class Direction(models.TextChoices):
        UP = "up", _("higher is better")
        DOWN = "down", _("lower is better")

    class Aggregation(models.TextChoices):
        SUM = "sum", _("sum")
        MEAN = "mean", _("mean")
        LAST = "last", _("last value")
        RATIO = "ratio", _("ratio of two metrics")

    class Rhythm(models.IntegerChoices):
        DAY = Frequency.DAY, _("daily")
        WEEK = Frequency.WEEK, _("weekly")
        MONTH = Frequency.MONTH, _("monthly")
        QUARTER = Frequency.QUARTER, _("quarterly")

    name = models.CharField(_("name"), max_length=100, unique=True)
    name_en = models.CharField(_("English name"), max_length=100, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    direction = models.CharField(_("direction"), max_length=4, choices=Direction.choices, default=Direction.UP)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=2)
    frequency = models.PositiveSmallIntegerField(_("frequency"), choices=Rhythm.choices, default=Rhythm.WEEK)
    aggregation = models.CharField(_("aggregation"), max_length=5, choices=Aggregation.choices, default=Aggregation.SUM)
    numerator = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("numerator")
    )
    denominator = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("denominator")
    )
    description = models.TextField(_("description"), blank=True)
    source = models.CharField(_("data source"), max_length=100, blank=True)
    owner = models.ForeignKey(
        Employee, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("owner")
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        db_table = "metrics"
        verbose_name = _("metric")
        constraints = [
            models.CheckConstraint(
                name="ratio_names_both_parts",
                condition=~models.Q(aggregation="ratio") | models.Q(numerator__isnull=False, denominator__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_percent(self) -> bool:
        """Whether values are percent numbers: 12 is 12 %."""
        return self.unit == "%"

    @property
    def is_ratio(self) -> bool:
        return self.aggregation == self.Aggregation.RATIO
