"""The people of the demo company whom a visitor may become with one click. Offered with ACCORD_DEMO=1 only."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.personas import Persona

PERSONAS: tuple[Persona, ...] = (
    Persona("YH0005", _("张晓雨, store operator"), _("My KPIs, my lights, where each number comes from")),
    Persona("YH0004", _("李明, team leader"), _("My team's board, approvals, alerts, and the talks they open")),
    Persona("YH0111", _("王芳, HR business partner"), _("The whole company, the designer of forms and flows, imports")),
    Persona("YH0001", _("陈远航, general manager"), _("How every department stands")),
    Persona("YH0120", _("方雅婷, auditor"), _("The archive: what was signed and published, and its proof")),
    Persona("YH0002", _("郑凯, administrator"), _("People, roles, imports and jobs; nobody's performance")),
)
