"""The organisation's units, a tree."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrgUnit(models.Model):
    """A company, department, group. `path` is the names from the top, joined by `/`, as files name it.

    `head` answers for the unit: the one person in it whom all others in it report to, if there is exactly one.
    """

    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    name = models.CharField(_("name"), max_length=100)
    path = models.CharField(_("path"), max_length=500, unique=True)
    head = models.ForeignKey(
        "people.Employee", null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("head")
    )
    is_active = models.BooleanField(default=True)

    class Meta:
        db_table = "org_units"
        verbose_name = _("organisation unit")

    def __str__(self) -> str:
        return self.path


class OrgUnitClosure(models.Model):
    """Every unit above (or equal to, depth 0) every unit; rebuilt from the parents when the tree changes."""

    ancestor = models.ForeignKey(OrgUnit, on_delete=models.CASCADE, related_name="below")
    descendant = models.ForeignKey(OrgUnit, on_delete=models.CASCADE, related_name="above")
    depth = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "org_unit_closure"
        constraints = [models.UniqueConstraint(fields=["ancestor", "descendant"], name="one_org_unit_closure")]

    def __str__(self) -> str:
        return f"{self.ancestor_id} ⊇ {self.descendant_id}"
