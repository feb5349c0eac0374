"""What the demo refuses."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class AnotherCompany(BusinessError):
    """The home already holds real people, whom nobody may become with one click."""

    code = "another_company"
    sentence = _("This home already holds another company's data.")
    hint = _("Leave ACCORD_HOME unset, so that the demo gets a home of its own, or name an empty folder.")


class DemoUnfinished(BusinessError):
    """A build was broken off; what it left looks like a company and is none."""

    code = "demo_unfinished"
    sentence = _("Building the demo company was broken off last time.")
    hint = _("Delete the folder %(folder)s and start again. A database of your own has to be emptied too.")
