"""Why a map is not changed."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class StaleMap(BusinessError):
    code = "position_map_stale"
    sentence = _("The map of %(position)s has a newer version by now; nothing was saved.")
    hint = _("Open it again, look at what has changed, and make your change to the newest version.")


class MapUnchanged(BusinessError):
    code = "position_map_unchanged"
    status = 422
    sentence = _("Nothing differs from version %(number)d, so no new version was made.")
    hint = _("Change something first, or leave the page.")


class MapRefused(BusinessError):
    code = "position_map_refused"
    status = 422
    sentence = _("The map cannot be saved like this: %(problems)s")
    hint = _("Correct it and save again; nothing was changed.")
