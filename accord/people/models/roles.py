"""Rights beyond one's own line. Employee and line manager follow from the reporting lines and are never granted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.people.models.employees import Employee
from accord.people.models.org_units import OrgUnit


class RoleGrant(models.Model):
    """`employee` has `role`, over `org_unit` and all below it where the role belongs to units."""

    class Role(models.TextChoices):
        HRBP = "hrbp", _("HR business partner")
        ASSISTANT = "assistant", _("performance assistant")
        EXECUTIVE = "executive", _("executive")
        ADMINISTRATOR = "administrator", _("administrator")
        AUDITOR = "auditor", _("auditor")

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(_("role"), max_length=15, choices=Role.choices)
    org_unit = models.ForeignKey(OrgUnit, null=True, on_delete=models.CASCADE, related_name="role_grants")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "role_grants"
        constraints = [
            models.CheckConstraint(
                name="unit_roles_name_a_unit",
                condition=models.Q(role__in=["hrbp", "assistant"], org_unit__isnull=False)
                | models.Q(role__in=["executive", "administrator", "auditor"], org_unit__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["employee", "role", "org_unit", "valid_from"],
                nulls_distinct=False,
                name="one_grant_per_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.role}"
