"""What cannot be done with driver trees, and why."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class TreeChanged(BusinessError):
    code = "driver_tree_changed"
    sentence = _("“%(tree)s” was changed in the meantime; nothing was changed by you.")
    hint = _("Open it again to see how it stands now. You may have it open in another window.")


class TreeRetired(BusinessError):
    code = "driver_tree_retired"
    sentence = _("“%(tree)s” is not in use any more; nothing was changed.")
    hint = _("What it showed can still be looked at. Make a new tree to go on.")


class TreeNameTaken(BusinessError):
    code = "driver_tree_name_taken"
    status = 422
    sentence = _("%(unit)s already has a driver tree called “%(tree)s”.")
    hint = _("Give this one another name.")


class TreeNameMissing(BusinessError):
    code = "driver_tree_name_missing"
    status = 422
    sentence = _("The driver tree has no name.")
    hint = _("Write what it explains, for example “GMV of the stores”.")


class NodeGone(BusinessError):
    code = "driver_node_gone"
    sentence = _("A part of “%(tree)s” was taken out in the meantime; nothing was changed.")
    hint = _("Open it again to see how it stands now.")


class RootStays(BusinessError):
    code = "driver_root_stays"
    status = 422
    sentence = _("The result at the top of “%(tree)s” cannot be moved or taken out.")
    hint = _("To explain another result, make another tree.")


class BelowItself(BusinessError):
    code = "driver_below_itself"
    status = 422
    sentence = _("“%(metric)s” cannot be moved below itself.")
    hint = _("Choose a place outside the part that is being moved.")


class TooManyNodes(BusinessError):
    code = "driver_tree_too_large"
    status = 422
    sentence = _("A driver tree has at most %(most)s parts on %(levels)s levels; this would be more.")
    hint = _("Make a tree of its own for one of the parts.")


class WrongNumberOfParts(BusinessError):
    code = "driver_parts_wrong"
    status = 422
    sentence = _("“%(metric)s” as a %(kind)s does not fit the number of its parts: %(parts)s.")
    hint = _("A ratio has two parts, a mean pairs of weight and value, a product or a sum at least one part.")


class MetricDoesNotFit(BusinessError):
    code = "driver_metric_unfit"
    status = 422
    sentence = _("“%(metric)s” is not measured as often as the tree, or is not in use.")
    hint = _("All parts of a tree have the same frequency. Choose a metric that is measured %(frequency)s.")


class UnitOutside(BusinessError):
    code = "driver_unit_outside"
    status = 422
    sentence = _("A part of the tree belongs to a unit outside %(unit)s.")
    hint = _("Choose %(unit)s or a unit in it: whoever sees the tree sees all its numbers.")


class ScaleNotAbove(BusinessError):
    code = "driver_scale_not_above"
    status = 422
    sentence = _("What “%(metric)s” is multiplied by must be above 0.")
    hint = _("Write 0.01 where a percentage is one of the parts, and 1 where nothing is converted.")


class MetricGone(BusinessError):
    code = "driver_metric_gone"
    status = 422
    sentence = _("A metric or a unit of this tree does not exist any more; nothing was changed.")
    hint = _("Open the tree again and choose another one.")


class NoTargets(BusinessError):
    code = "driver_targets_none"
    status = 422
    sentence = _("No target was written.")
    hint = _("Write the new target of at least one part.")


class TargetUnusable(BusinessError):
    code = "driver_target_unusable"
    status = 422
    sentence = _("The target of “%(metric)s” is no number that can be kept.")
    hint = _("Write a number with at most 12 digits before the point.")


class TargetTooEarly(BusinessError):
    code = "driver_target_too_early"
    status = 422
    sentence = _("Targets of a period that is over are not changed: %(period)s.")
    hint = _("Set them from the running period on. What was compared with the old targets stays true.")
