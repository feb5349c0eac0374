"""Facts about objectives. They are never deleted, so none carries a number or a word of a person."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS = {
    "objective.made": EventKind(_("an objective was made"), ("objective_id",)),
    "objective.changed": EventKind(_("an objective was changed"), ("objective_id", "changed")),
    "objective.deleted": EventKind(_("an objective was deleted"), ("objective_id",)),
    "objective.moved": EventKind(_("an objective was placed below another"), ("objective_id", "before", "after")),
    "objective.key_results_set": EventKind(_("the key results of an objective were set"), ("objective_id", "results")),
    "key_result.broken_down": EventKind(_("a key result was broken into KPIs"), ("key_result_id", "kpis")),
    "objective.closed": EventKind(_("an objective was closed"), ("objective_id",)),
    "key_result.checked_in": EventKind(_("a key result was checked in on"), ("key_result_id", "check_in_id")),
    "cycle.okr_share_set": EventKind(
        _("the share of objectives in the score was set"), ("cycle_id", "before", "after")
    ),
}
