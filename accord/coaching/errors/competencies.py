"""What cannot be done with competencies, and why."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class NothingAssessed(BusinessError):
    code = "competency_nothing_assessed"
    status = 422
    sentence = _("No level has been chosen yet; nothing was saved.")
    hint = _("Choose a level for at least one competency. Those you leave open stay as they are.")


class LevelUnknown(BusinessError):
    code = "competency_level_unknown"
    status = 422
    sentence = _("“%(name)s” has no level %(level)s; nothing was saved.")
    hint = _("The framework may have been changed meanwhile. Open the form again and choose once more.")


class PersonHasLeft(BusinessError):
    code = "competency_person_has_left"
    status = 403
    sentence = _("%(name)s has left; nothing was saved.")
    hint = _("What was said before stays to be read.")


class CompetencyTaken(BusinessError):
    code = "competency_taken"
    sentence = _("“%(name)s” could not be added: somebody has added a competency at the same moment.")
    hint = _("Look whether it is there already; if not, send it once more.")


class CompetencyChanged(BusinessError):
    code = "competency_changed"
    sentence = _("Somebody has changed “%(name)s” since you opened it; what you wrote was not saved.")
    hint = _("What you wrote stands in the form still. Open the page in another window to compare, then save again.")
