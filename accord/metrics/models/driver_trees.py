"""Driver trees: a result taken apart into what moves it, each part with an owner and a target of its own."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accord.domain.periods import Frequency
from accord.foundation.models.fields import ExactDecimalField
from accord.metrics.models.library import Metric
from accord.people.models import Employee, OrgUnit


class DriverTree(models.Model):
    """A result of one unit as a tree of metrics of one frequency. Whoever may see `org_unit` may look at it."""

    name = models.CharField(_("name"), max_length=100)
    org_unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="driver_trees")
    frequency = models.PositiveSmallIntegerField(choices=Metric.Rhythm.choices, default=Frequency.WEEK)
    owner = models.ForeignKey(Employee, null=True, on_delete=models.SET_NULL, related_name="driver_trees")
    is_active = models.BooleanField(default=True)
    # Grows with every change; whoever saves names the edition they saw.
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "driver_trees"
        constraints = [models.UniqueConstraint(fields=["org_unit", "name"], name="one_tree_per_name")]

    def __str__(self) -> str:
        return self.name


class DriverNode(models.Model):
    """A metric of a unit in a tree, and what it is made of.

    The value of a node is the measured one of its series wherever there is one; the formula must agree with it, and
    what does not is shown as the residual. `scale` is what the formula is multiplied by: visitors × % × yuan gives ten
    thousands of yuan with 0.000001. A node of kind MEAN has its children in pairs, weight and value in turn.
    """

    class Kind(models.TextChoices):
        LEAF = "leaf", _("measured")
        PRODUCT = "product", _("product")
        SUM = "sum", _("sum")
        RATIO = "ratio", _("ratio")
        MEAN = "mean", _("weighted mean")

    tree = models.ForeignKey(DriverTree, on_delete=models.CASCADE, related_name="nodes")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    place = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.LEAF)
    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, related_name="driver_nodes")
    org_unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="driver_nodes")
    scale = ExactDecimalField(default=1)
    owner_unit = models.ForeignKey(OrgUnit, null=True, on_delete=models.SET_NULL, related_name="+")
    owner = models.ForeignKey(Employee, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        db_table = "driver_nodes"
        constraints = [
            models.UniqueConstraint(fields=["tree"], condition=Q(parent=None), name="one_root_per_tree"),
            models.UniqueConstraint(fields=["parent", "place"], name="one_node_per_place"),
        ]

    def __str__(self) -> str:
        return f"{self.tree_id}: {self.metric_id} of {self.org_unit_id}"


class DriverTarget(models.Model):
    """The target of a node from a period on, until the next one. Rows are only added: they are the history."""

    node = models.ForeignKey(DriverNode, on_delete=models.CASCADE, related_name="targets")
    from_period = models.IntegerField()
    value = ExactDecimalField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "driver_targets"
        indexes = [models.Index(fields=["node", "from_period", "id"], name="targets_of_node")]

    def __str__(self) -> str:
        return f"{self.node_id} from {self.from_period}: {self.value}"
