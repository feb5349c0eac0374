"""What somebody may start: flows that are offered and published, whose form is meant for their position."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from accord.people.models import Employee
from accord.workflow.models import Flow, FlowVersion, Form, FormFill, FormVersion

PUBLISHED = FlowVersion.State.PUBLISHED


def offered_flows(me: Employee) -> QuerySet[Flow]:
    """The flows `me` may start, by name."""
    versions = FlowVersion.objects.filter(flow=OuterRef("pk"), state=PUBLISHED)
    forms = FormVersion.objects.filter(form=OuterRef("form"), state=FormVersion.State.PUBLISHED)
    meant = Form.positions.through.objects.filter(form=OuterRef("form"))
    fits = Q(form=None) | (Exists(forms) & (~Exists(meant) | Exists(meant.filter(position=me.position_id))))
    return Flow.objects.filter(Exists(versions), fits, is_offered=True).order_by("name", "pk")


def published_version(flow: Flow) -> FlowVersion:
    """The version that is started now."""
    return FlowVersion.objects.select_related("flow").get(flow=flow, state=PUBLISHED)


def form_version(flow: Flow) -> FormVersion:
    """The version of the flow's form that is filled in now."""
    return FormVersion.objects.select_related("form").get(form=flow.form_id, state=FormVersion.State.PUBLISHED)


def draft_subject(flow: Flow) -> str:
    """What ties a half-filled form to the flow it is filled in for."""
    return f"flows:{flow.pk}"


def draft_of(flow: Flow, me: Employee) -> FormFill | None:
    """What `me` has filled in for a flow and not sent off, the newest."""
    drafts = FormFill.objects.filter(
        author=me, state=FormFill.State.DRAFT, subject=draft_subject(flow), version__form=flow.form_id
    )
    return drafts.select_related("version__form").order_by("-pk").first()


def flows_begun(me: Employee) -> set[str]:
    """The subjects of all drafts of `me`, to mark the flows they belong to."""
    drafts = FormFill.objects.filter(author=me, state=FormFill.State.DRAFT, subject__startswith="flows:")
    return set(drafts.values_list("subject", flat=True))
