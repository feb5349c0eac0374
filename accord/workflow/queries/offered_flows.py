"""What somebody may start: flows that are offered and published, whose form is meant for their position."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from accord.people.models import Employee
from accord.workflow.models import Flow, FlowVersion, Form, FormVersion

PUBLISHED = FlowVersion.State.PUBLISHED


def offered_flows(me: Employee) -> QuerySet[Flow]:
    """The flows `me` may start, by name."""
    versions = FlowVersion.objects.filter(flow=OuterRef("pk"), state=PUBLISHED)
    forms = FormVersion.objects.filter(form=OuterRef("form"), state=FormVersion.State.PUBLISHED)
    meant = Form.positions.through.objects.filter(form=OuterRef("form"))
    fits = Q(form=None) | (Exists(forms) & (~Exists(meant) | Exists(meant.filter(position=me.position_id))))
    return Flow.objects.filter(Exists(versions), fits, is_offered=True).order_by("name", "pk")
