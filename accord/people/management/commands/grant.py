"""`accord grant`: give somebody a role; how an empty instance gets its first administrator."""

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from accord.foundation.management.verb import Verb
from accord.people.models import RoleGrant
from accord.people.queries.lookups import employee_numbered, unit_at
from accord.people.services.roles import grant_role


class Command(Verb):
    """The same command as on the page of roles, for somebody at the machine."""

    help = "Give an employee a role: executive, administrator or auditor, or hrbp or assistant with --unit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "role", metavar="ROLE", choices=RoleGrant.Role.values, help=", ".join(RoleGrant.Role.values)
        )
        parser.add_argument("employee_no", metavar="EMPLOYEE_NO")
        parser.add_argument("--unit", metavar="PATH", help="the unit of an hrbp or assistant, such as 公司/销售部")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, role: str, employee_no: str, unit: str | None, **options: Any) -> None:
        employee = employee_numbered(employee_no)
        grant = grant_role(employee, RoleGrant.Role(role), org_unit=unit_at(unit) if unit else None)
        if options["json"]:
            self.print_json({"grant_id": grant.pk, "employee_no": employee.employee_no, "role": role, "unit": unit})
            return
        said = {"name": employee.name, "role": grant.get_role_display(), "unit": unit or _("the whole organisation")}
        self.stdout.write(_("%(name)s: %(role)s, %(unit)s") % said)
