"""The evidence of a point on an agenda, in one sentence."""

from django.utils.translation import gettext, ngettext

from accord.domain.calibration import Finding, Reason
from accord.foundation.language import readers_language
from accord.goals.models import CalibrationItem, ExternalChange

_FOUND = {reason.value for reason in Reason}


def evidence_of(point: CalibrationItem) -> str:
    """Why the point stands on the agenda, in the reader's language."""
    if point.kind in _FOUND:
        return Finding.read(point.evidence).explain(readers_language())
    if point.change is not None:
        return _change(point.change, point.evidence.get("people"))
    if point.kind == CalibrationItem.Kind.OBJECTION:
        return str(gettext("wrote on %(on)s: “%(text)s”") % point.evidence)
    return gettext("A change was proposed in the meeting")


def _change(change: ExternalChange, people: int | None) -> str:
    told = {"day": change.happened_on.isoformat(), "name": change.noted_by.name, "people": people}
    if people is None:
        return gettext("happened on %(day)s, noted by %(name)s") % told
    sentence = ngettext(
        "happened on %(day)s, noted by %(name)s; %(people)s agreement holds this KPI",
        "happened on %(day)s, noted by %(name)s; %(people)s agreements hold this KPI",
        people,
    )
    return sentence % told
