"""What cannot be done to a source, and why."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class ConnectionMovedOn(BusinessError):
    code = "connection_moved_on"
    sentence = _("Somebody has changed how “%(source)s” is read since you opened this page; nothing was saved.")
    hint = _("Reload the page, look at what stands there now, and make your change again.")


class SourceNameTaken(BusinessError):
    code = "source_name_taken"
    status = 422
    sentence = _("“%(source)s” is connected already.")
    hint = _("Open it in the list of sources, or give this one another name, for example with the department.")


class SettingsNotUsable(BusinessError):
    """`problems` say it place by place."""

    code = "settings_not_usable"
    status = 422
    sentence = _("These settings cannot be used yet: %(problems)s")
    hint = _("Each problem names its place. The guide “Connecting a system” shows every setting with an example.")


class SecretWantedAgain(BusinessError):
    """Otherwise whoever may change an address could have the secret sent to a server of theirs."""

    code = "secret_wanted_again"
    status = 422
    sentence = _("“%(source)s” would be asked at another place: its key or password has to be typed anew.")
    hint = _(
        "Open the step “Address and key”, change the address there, and type the secret with it. Nothing was saved."
    )


class MappingMovedOn(BusinessError):
    code = "mapping_moved_on"
    sentence = _("Somebody has changed how “%(metric)s” is worked out since you opened this page; nothing was saved.")
    hint = _("Reload the page, look at what stands there now, and make your change again.")


class MetricMappedAlready(BusinessError):
    code = "metric_mapped_already"
    status = 422
    sentence = _("“%(metric)s” comes from another rule of this source already.")
    hint = _("Change that rule, or choose another metric.")


class ConnectionNotReady(BusinessError):
    code = "connection_not_ready"
    status = 422
    sentence = _("“%(source)s” cannot run yet: no metric is taken from it.")
    hint = _("Add at least one metric in the step “Metrics”, then start it.")


class ConnectionArchived(BusinessError):
    code = "connection_archived"
    sentence = _("“%(source)s” was put away; it is not read any more.")
    hint = _("Its numbers stay with their origin. To read it again, connect it anew under another name.")


class OwnerCannotSetUp(BusinessError):
    code = "owner_cannot_set_up"
    status = 422
    sentence = _("%(name)s may not look after a source.")
    hint = _("The owner of a source is an HR partner or an administrator; they are told when it cannot be read.")


class HostNotUnderstood(BusinessError):
    code = "host_not_understood"
    status = 422
    sentence = _("“%(host)s” is no host: a name such as crm.example.com or an address such as 10.0.3.8 is wanted.")
    hint = _("Leave out http:// and everything after the host; the port has a field of its own.")


class HostAllowedAlready(BusinessError):
    code = "host_allowed_already"
    status = 422
    sentence = _("%(host)s may be read already.")
    hint = _("Nothing needs to be done. If a source still does not reach it, look at the port.")
