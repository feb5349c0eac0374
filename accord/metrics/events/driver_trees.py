"""Facts about driver trees; none carries a value or a target."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS: Mapping[str, EventKind] = {
    "driver_tree.made": EventKind(_("a driver tree was made"), ("tree_id", "org_unit_id")),
    "driver_tree.changed": EventKind(_("a driver tree was changed"), ("tree_id", "edition")),
    "driver_tree.targets_set": EventKind(
        _("targets of a driver tree were set"), ("tree_id", "edition", "nodes", "from_period")
    ),
    "driver_tree.retired": EventKind(_("a driver tree was put out of use"), ("tree_id",)),
}
"""`nodes` are the keys of the nodes whose targets were set, `from_period` that of the first period they hold in."""
