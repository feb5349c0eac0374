from accord.people.models.employees import Employee, Placement
from accord.people.models.leaves import Leave
from accord.people.models.org_units import OrgUnit, OrgUnitClosure
from accord.people.models.positions import Position, PositionFamily
from accord.people.models.reporting import OrgClosure, ReportingLine
from accord.people.models.roles import RoleGrant

__all__ = [
    "Employee",
    "Leave",
    "OrgClosure",
    "OrgUnit",
    "OrgUnitClosure",
    "Placement",
    "Position",
    "PositionFamily",
    "ReportingLine",
    "RoleGrant",
]
