"""The recordings of a feedback, wherever the feedback is shown."""

from typing import Any

from django import template
from django.template import RequestContext

from accord.coaching.models import Feedback, Recording
from accord.coaching.queries.recordings import recordings_with

SPEEDS = ("0.75", "1", "1.25", "1.5", "2")

register = template.Library()


@register.inclusion_tag("coaching/recordings_of.html", takes_context=True)
def recordings_of(context: RequestContext, feedback: Feedback) -> dict[str, Any]:
    """Players for what belongs to `feedback`, which the reader may see; its sender may delete each."""
    user = context["request"].user
    is_mine = feedback.author.user_id == user.pk
    is_between = is_mine or feedback.receiver.user_id == user.pk
    found = {"recordings": recordings_with(feedback), "is_mine": is_mine, "is_between": is_between}
    return {**found, "request": context["request"], "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("coaching/recording_player.html", takes_context=True)
def recording_player(
    context: RequestContext, recording: Recording, is_mine: bool = False, is_between: bool = False
) -> dict[str, Any]:
    """One recording, or what is left of it. The two may keep it as a file; its sender may also change it."""
    rights = {"is_mine": is_mine, "is_between": is_between}
    look = {"speeds": SPEEDS, "dialog_name": f"delete-recording-{recording.pk}"}
    page = {"request": context["request"], "csrf_token": context.get("csrf_token")}
    return {"recording": recording, **rights, **look, **page}


@register.simple_tag
def recordings_count(feedback: Feedback | None) -> int:
    """How many recordings a draft carries."""
    return recordings_with(feedback).count() if feedback else 0
