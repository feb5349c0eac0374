"""Facts about agreements. `side` is employee or manager; `changed` names fields of a line.

Facts are never deleted, so none carries what a person is to reach or what was said of them.
"""

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

_TERMS = ("agreement_id", "terms_id")

EVENTS = {
    "agreement.drafted": EventKind(_("an agreement was drafted"), ("agreement_id",)),
    "agreement.redrafted": EventKind(_("a draft agreement was brought up to date"), ("agreement_id",)),
    "agreement.proposed": EventKind(_("an agreement was put before the employee"), _TERMS),
    "agreement.line_changed": EventKind(_("a line of an agreement was changed"), (*_TERMS, "metric_id", "changed")),
    "agreement.line_added": EventKind(_("a line was added to an agreement"), (*_TERMS, "metric_id")),
    "agreement.line_removed": EventKind(_("a line was taken out of an agreement"), (*_TERMS, "metric_id")),
    "agreement.agreed": EventKind(_("one side agreed to the wording of an agreement"), (*_TERMS, "side")),
    "agreement.taken_back": EventKind(_("one side took back its agreement to a wording"), (*_TERMS, "side")),
    "agreement.laid_out": EventKind(_("an agreement was laid out for signature"), (*_TERMS, "document_id")),
    "agreement.signed": EventKind(_("an agreement took effect"), _TERMS),
    "agreement.not_signed": EventKind(_("an agreement was not signed"), (*_TERMS, "state")),
    "agreement.begun_again": EventKind(_("a wording of an agreement was begun again"), _TERMS),
    "agreement.amended": EventKind(_("a change of a signed agreement was drafted"), _TERMS),
    "agreement.manager_followed": EventKind(
        _("an agreement followed a change of manager"), ("agreement_id", "before", "after")
    ),
    "agreement.ended": EventKind(_("an agreement was ended before its time"), ("agreement_id", "on")),
    "agreement.commented": EventKind(_("somebody commented on an agreement"), ("agreement_id", "comment_id")),
    "agreements.reminded": EventKind(_("people were reminded of their agreements"), ("cycle_id", "agreements")),
}
