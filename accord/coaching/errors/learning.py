"""What cannot be done with learning resources, and why."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class ResourceChanged(BusinessError):
    code = "learning_resource_changed"
    sentence = _("Somebody has changed “%(title)s” since you opened it; what you wrote was not saved.")
    hint = _("What you wrote stands in the form still. Open the page in another window to compare, then save again.")


class ResourceTaken(BusinessError):
    code = "learning_resource_taken"
    sentence = _("The library has another resource of this title or course already; nothing was saved.")
    hint = _("Somebody may just have added it. Look for it in the library, or give yours another title.")


class ResourceRetired(BusinessError):
    code = "learning_resource_retired"
    sentence = _("“%(title)s” is not offered any more.")
    hint = _("Look in the library for something like it. What you finished before stays on your list.")


class RecommendationClosed(BusinessError):
    code = "learning_recommendation_closed"
    sentence = _("You have answered this recommendation already.")
    hint = _("It stands among what you are learning, or it was declined and will not come again.")


class NothingToOpen(BusinessError):
    code = "learning_nothing_to_open"
    sentence = _("“%(title)s” is not a course of a learning system that is in use.")
    hint = _("Ask an administrator whether the learning system is connected and switched on.")


class SystemHostNotAllowed(BusinessError):
    code = "learning_system_host_not_allowed"
    status = 403
    sentence = _("Names of people are sent only to hosts that an administrator allowed; %(host)s is not among them.")
    hint = _("Add the host to the allowed hosts under “Metrics”, then save again.")


class SystemChanged(BusinessError):
    code = "learning_system_changed"
    sentence = _("Somebody has changed the learning system since you opened it; nothing was saved.")
    hint = _("Open the page again to see what holds now.")


class HookUnknown(BusinessError):
    code = "learning_hook_unknown"
    status = 401
    sentence = _("There is nothing to deliver to here, or the signature is wrong.")
    hint = _("Check the address, the secret and the clock of the sending system; a signature is good for five minutes.")


class HookTooOften(BusinessError):
    code = "learning_hook_too_often"
    status = 429
    sentence = _("There were too many deliveries within a minute.")
    hint = _("Wait a minute and send the same delivery again, with the same number.")


class HookNotUnderstood(BusinessError):
    code = "learning_hook_not_understood"
    status = 400
    sentence = _("The delivery could not be read: %(what)s.")
    hint = _("Send a JSON object with “id” and “completions”, at most %(most)s of them and %(kilobytes)s KB.")


class HookNumberReused(BusinessError):
    code = "learning_hook_number_reused"
    sentence = _("Delivery %(number)s was taken before with another content.")
    hint = _("Give each delivery a number of its own; repeat a number only to send the same again.")
