"""Forms of driver trees: what a new one explains, one part of it, and the parts that are put below one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from accord.foundation.errors import Text
from accord.metrics.models import DriverNode, DriverTree, Metric
from accord.metrics.services.driver_trees import NodeDraft
from accord.metrics.templatetags.metrics import metric_name
from accord.people.forms import PersonField
from accord.people.models import OrgUnit

_MOST = 10**12
PLACES_FOR_PARTS = 4
Kind = DriverNode.Kind
KINDS: tuple[tuple[str, Text], ...] = (
    (Kind.PRODUCT, gettext_lazy("product: all multiplied")),
    (Kind.SUM, gettext_lazy("sum: all added up")),
    (Kind.RATIO, gettext_lazy("ratio: the first divided by the second")),
    (Kind.MEAN, gettext_lazy("weighted mean: weight, value, weight, value …")),
)
Product = tuple[Metric, tuple[Metric, ...]]


def code_of(product: Product) -> str:
    """How a form names a product: the keys of its metrics."""
    metric, factors = product
    return "-".join(str(each.pk) for each in (metric, *factors))


class MetricChoice(forms.ModelChoiceField[Metric]):
    """A metric in use, by name and unit."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{metric_name(obj)} ({obj.unit})" if obj.unit else metric_name(obj)


class UnitChoice(forms.ModelChoiceField[OrgUnit]):
    """A unit, by its path."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.path)


class NewTreeForm(forms.Form):
    """What the tree explains, of which unit; everything else has a sensible answer."""

    what = forms.ChoiceField(label=gettext_lazy("Which result"))
    unit = UnitChoice(OrgUnit.objects.none(), label=gettext_lazy("Whose result"), empty_label=None)
    name = forms.CharField(
        label=gettext_lazy("Name of the tree"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Left empty, it is called like the result."),
    )
    owner = PersonField(
        label=gettext_lazy("Owner of the tree"),
        required=False,
        help_text=gettext_lazy("Left empty, the head of the unit owns it."),
    )

    def __init__(self, products: Sequence[Product], metrics: Iterable[Metric], units: Any, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.products = {code_of(product): product for product in products}
        self.metrics = {str(metric.pk): metric for metric in metrics}
        as_products = [(code, formula_in_words(*product)) for code, product in self.products.items()]
        alone = [
            (code, f"{metric_name(metric)} · {metric.get_frequency_display()}") for code, metric in self.metrics.items()
        ]
        groups = [(gettext("With its drivers, as shipped"), as_products), (gettext("A metric of the library"), alone)]
        self.fields["what"].choices = [group for group in groups if group[1]]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def chosen(self) -> Product:
        """The result and its factors; a metric alone has none yet."""
        what = self.cleaned_data["what"]
        return self.products[what] if what in self.products else (self.metrics[what], ())


class TreeForm(forms.Form):
    """What a tree is called and whose it is."""

    name = forms.CharField(label=gettext_lazy("Name of the tree"), max_length=100)
    owner = PersonField(label=gettext_lazy("Owner of the tree"), required=False)


class _ConversionForm(forms.Form):
    """What the formula is multiplied by, beside the kind of a part."""

    kind = forms.ChoiceField(label=gettext_lazy("How its drivers make it"), choices=KINDS)
    scale = forms.DecimalField(
        label=pgettext_lazy("conversion of units", "Multiplied by"),
        min_value=Decimal("0.000001"),
        max_value=_MOST,
        decimal_places=6,
        initial=1,
        help_text=gettext_lazy("1 where nothing is converted; visitors × % × yuan make 10,000 yuan with 0.000001."),
    )

    def conversion(self) -> tuple[str, Decimal]:
        """The kind and scale as typed, as far as they can be read, else as they are; no kind for a measured part."""
        if "kind" not in self.fields:
            return "", Decimal(1)
        typed = (
            {name: self.cleaned_data.get(name) for name in ("kind", "scale")}
            if self.is_bound and self.is_valid()
            else {}
        )
        return typed.get("kind") or self.initial["kind"], Decimal(typed.get("scale") or self.initial["scale"])


class NodeForm(_ConversionForm):
    """One part of a tree: what is measured, of whom, and who answers for it."""

    metric = MetricChoice(Metric.objects.none(), label=gettext_lazy("Metric"), empty_label=None)
    org_unit = UnitChoice(OrgUnit.objects.none(), label=gettext_lazy("Measured of which unit"), empty_label=None)
    owner_unit = UnitChoice(OrgUnit.objects.none(), label=gettext_lazy("Team that answers for it"), required=False)
    owner = PersonField(label=gettext_lazy("Person who answers for it"), required=False)
    field_order = ("metric", "org_unit", "kind", "scale", "owner_unit", "owner")

    def __init__(self, tree: DriverTree, node: DriverNode, posted: QueryDict | None = None) -> None:
        initial = {
            "metric": node.metric_id,
            "org_unit": node.org_unit_id,
            "kind": node.kind,
            "scale": f"{node.scale.normalize():f}",
            "owner_unit": node.owner_unit_id,
            "owner": node.owner,
        }
        super().__init__(posted, initial=initial)
        units = units_of(tree)
        self.fields["metric"].queryset = metrics_for(tree) | Metric.objects.filter(pk=node.metric_id)  # type: ignore[attr-defined]
        self.fields["org_unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["owner_unit"].queryset = units  # type: ignore[attr-defined]
        if node.kind == Kind.LEAF:
            del self.fields["kind"], self.fields["scale"]

    def as_change(self) -> dict[str, Any]:
        """The arguments of `edit_node`."""
        cleaned = self.cleaned_data
        return {
            "metric": cleaned["metric"].pk,
            "org_unit": cleaned["org_unit"].pk,
            "kind": cleaned.get("kind", Kind.LEAF),
            "scale": cleaned.get("scale", Decimal(1)),
            "owner_unit": cleaned["owner_unit"].pk if cleaned["owner_unit"] else None,
            "owner": cleaned["owner"].pk if cleaned["owner"] else None,
        }


class PartsForm(_ConversionForm):
    """Drivers put below a part: how they make it, and up to four of them at a time."""

    def __init__(self, tree: DriverTree, node: DriverNode, posted: QueryDict | None = None) -> None:
        initial = {
            "kind": Kind.PRODUCT if node.kind == Kind.LEAF else node.kind,
            "scale": f"{node.scale.normalize():f}",
        }
        super().__init__(posted, initial=initial)
        metrics, units = metrics_for(tree), units_of(tree)
        for place in range(1, PLACES_FOR_PARTS + 1):
            self.fields[f"metric-{place}"] = MetricChoice(
                metrics, label=gettext("Driver %(place)s") % {"place": place}, required=place == 1, empty_label="–"
            )
            self.fields[f"unit-{place}"] = UnitChoice(
                units, label=gettext("Its unit"), empty_label=None, initial=node.org_unit_id, required=False
            )

    def places(self) -> list[tuple[Any, Any]]:
        """The fields of each driver: metric and unit."""
        return [(self[f"metric-{place}"], self[f"unit-{place}"]) for place in range(1, PLACES_FOR_PARTS + 1)]

    def parts(self, otherwise: int) -> list[NodeDraft]:
        """The drivers that were chosen; a unit that was not is `otherwise`. Each unit answers for its own."""
        found = []
        for place in range(1, PLACES_FOR_PARTS + 1):
            metric, unit = self.cleaned_data[f"metric-{place}"], self.cleaned_data[f"unit-{place}"]
            if metric is not None:
                key = unit.pk if unit else otherwise
                found.append(NodeDraft(metric=metric.pk, org_unit=key, owner_unit=key))
        return found


def formula_in_words(metric: Metric, factors: Iterable[Metric]) -> str:
    """GMV = 访客数 × 转化率 × 客单价."""
    return f"{metric_name(metric)} = {' × '.join(metric_name(factor) for factor in factors)}"


def metrics_for(tree: DriverTree) -> QuerySet[Metric]:
    """The metrics that can stand in a tree: those in use with its frequency."""
    return Metric.objects.filter(is_active=True, frequency=tree.frequency).order_by("name", "id")


def units_of(tree: DriverTree) -> QuerySet[OrgUnit]:
    """The unit of a tree and all units in it."""
    return OrgUnit.objects.filter(above__ancestor=tree.org_unit_id).order_by("path")
