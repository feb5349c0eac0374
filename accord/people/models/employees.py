"""People who work here, and where they worked when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.people.models.org_units import OrgUnit
from accord.people.models.positions import Position


class Employee(models.Model):
    """A person's employment. `org_unit`, `position` and `manager` are today's.

    The past is in Placement and ReportingLine.
    """

    class Status(models.TextChoices):
        ACTIVE = "active", pgettext_lazy("employment", "active")
        ON_LEAVE = "on_leave", pgettext_lazy("employment", "on leave")
        LEFT = "left", pgettext_lazy("employment", "left")

    employee_no = models.CharField(_("employee number"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    email = models.EmailField(_("e-mail"), blank=True)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="employee")
    org_unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="employees")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="employees")
    manager = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="reports")
    hired_on = models.DateField(_("hired on"), null=True)
    left_on = models.DateField(_("left on"), null=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.ACTIVE)

    class Meta:
        db_table = "employees"
        verbose_name = _("employee")

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """Where an employee belonged from `valid_from` up to and including `valid_to` (open when null)."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="placements")
    org_unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "placements"
        constraints = [models.UniqueConstraint(fields=["employee", "valid_from"], name="one_placement_per_start")]

    def __str__(self) -> str:
        return f"{self.employee_id} in {self.org_unit_id} from {self.valid_from}"
