"""Who reports to whom, with dates: the one truth for who may see whom."""

from django.db import models

from accord.people.models.employees import Employee


class ReportingLine(models.Model):
    """`employee` reports to `manager` from `valid_from` up to and including `valid_to` (open when null)."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="reporting_lines")
    manager = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "reporting_lines"
        constraints = [models.UniqueConstraint(fields=["employee", "valid_from"], name="one_reporting_line_per_start")]

    def __str__(self) -> str:
        return f"{self.employee_id} → {self.manager_id} from {self.valid_from}"


class OrgClosure(models.Model):
    """Every manager above every employee, each with the days on which the whole line between them held.

    Everybody is above themselves at depth 0. A row is open (`valid_to` null) as long as the line holds today.
    """

    ancestor = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    descendant = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    depth = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "org_closure"
        constraints = [
            models.UniqueConstraint(fields=["ancestor", "descendant", "valid_from"], name="one_org_closure_per_start")
        ]
        indexes = [
            models.Index(fields=["descendant", "ancestor"], name="org_closure_upwards"),
            models.Index(
                fields=["ancestor", "depth", "descendant"],
                condition=models.Q(valid_to=None),
                name="org_closure_today",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ancestor_id} above {self.descendant_id} by {self.depth}"
