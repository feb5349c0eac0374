"""What people are employed as."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PositionFamily(models.Model):
    """A group of like positions (sales, service, engineering…)."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=100, blank=True)

    class Meta:
        db_table = "position_families"
        verbose_name = _("position family")

    def __str__(self) -> str:
        return self.name


class Position(models.Model):
    """A position such as 销售代表. Imported files name it by `name`; `family` may be set later."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    name_en = models.CharField(_("English name"), max_length=100, blank=True)
    family = models.ForeignKey(PositionFamily, null=True, on_delete=models.PROTECT, related_name="positions")

    class Meta:
        db_table = "positions"
        verbose_name = _("position")

    def __str__(self) -> str:
        return self.name
