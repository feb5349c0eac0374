"""What a workshop has adopted becomes an item of the position's model, credited to who proposed it."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accord.domain.assessment_model import Share, blank_body, even_out, number_in
from accord.domain.wording import plain, trimmed
from accord.goals.models import AssessmentModel, AssessmentModelVersion, RecommendedKpi
from accord.goals.queries.assessment_models import raw_items
from accord.metrics.models import Metric
from accord.people.models import Employee, Position
from accord.workflow.services.versions import add_definition, draft_of, new_draft, save_draft

USUAL_WEIGHT = Decimal("0.1")
_ONE = Decimal(1)


@transaction.atomic
def adopt(
    position: Position, metric: Metric, author: Employee | None, actor: Employee, weight: Decimal = USUAL_WEIGHT
) -> AssessmentModelVersion:
    """Put a metric into the draft of the position's model, beginning a draft or a model where there is none.

    The other weights are scaled down so that the sum stays exactly 1. A metric that is there already is credited to
    `author` and else left as it is. Raises NotADraft where the draft is in approval, StaleDraft where somebody saved.
    """
    version = _draft_for(position, actor)
    body = _with_item(version.body, position, metric, author, weight)
    note = _("“%(metric)s” adopted from the workshop") % {"metric": metric.name}
    revision = save_draft(version, body, version.revision, actor, note)
    version.body, version.revision = body, revision
    return version


def _draft_for(position: Position, actor: Employee) -> AssessmentModelVersion:
    model = AssessmentModel.objects.filter(positions=position).order_by("pk").first()
    if model is None:
        name = _("%(position)s assessment model") % {"position": position.name}
        made = AssessmentModel(name=name, name_en=position.name_en and f"{position.name_en} assessment model")
        add_definition(made, actor)
        made.positions.add(position)
        model = made
    found = draft_of(model) or new_draft(model, actor)
    return AssessmentModelVersion.objects.select_related("assessment_model").get(pk=found.pk)


def _with_item(
    body: dict[str, Any], position: Position, metric: Metric, author: Employee | None, weight: Decimal
) -> dict[str, Any]:
    body = deepcopy(body)
    credit = author.employee_no if author else None
    items = list(raw_items(body))
    present = next((item for item in items if item.get("metric") == metric.pk), None)
    if present is not None:
        present["author"] = present.get("author") or credit
        return body
    scale_to(items, _ONE - weight)
    share = weight if items else _ONE
    first = next((each for each in body.get("dimensions", ()) if isinstance(each.get("items"), list)), None)
    if first is None:
        first = blank_body()["dimensions"][0]
        body["dimensions"] = [first]
    first["items"].append({**_usual(position, metric), "metric": metric.pk, "weight": plain(share), "author": credit})
    return body


def scale_to(items: Sequence[dict[str, Any]], whole: Decimal) -> None:
    """Scale the weights of raw items to sum to exactly `whole`; where their ranges forbid it, the ranges give way."""
    numbers = [[number_in(item.get(name)) for name in ("weight", "weight_min", "weight_max")] for item in items]
    shares = [Share(weight or Decimal(), least, most) for weight, least, most in numbers]
    evened = even_out(shares, whole) or even_out([Share(share.weight) for share in shares], whole) or []
    for item, share, weight in zip(items, shares, evened, strict=False):
        item["weight"] = trimmed(weight)
        if share.least is not None and weight < share.least:
            item["weight_min"] = item["weight"]
        if share.most is not None and weight > share.most:
            item["weight_max"] = item["weight"]


def _usual(position: Position, metric: Metric) -> dict[str, Any]:
    """What the position map says of the metric: the reason and the usual levels; nothing where it does not know it."""
    known = RecommendedKpi.objects.filter(core_output__position=position, metric=metric).first()
    levels = {"target": known.target, "threshold": known.threshold} if known else {"target": None, "threshold": None}
    return {
        "method": "completion_ratio",
        "params": {},
        **{name: None if level is None else trimmed(level) for name, level in levels.items()},
        "why": known.reason if known else "",
    }
