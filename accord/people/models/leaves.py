"""Days on which people are away."""

from django.db import models
from django.db.models import F, Q

from accord.people.models.employees import Employee


class Leave(models.Model):
    """`employee` is away from `first_day` up to and including `last_day`; why is nobody's business here."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="leaves")
    first_day = models.DateField()
    last_day = models.DateField()
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "leaves"
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="leave_ends_after_it_begins"),
            models.UniqueConstraint(fields=["employee", "first_day"], name="one_leave_per_start"),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} from {self.first_day} to {self.last_day}"
