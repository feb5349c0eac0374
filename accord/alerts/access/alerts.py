"""Who may see which alerts: whoever may see the person, or the numbers of the unit, that they are about."""

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from accord.alerts.models import Alert
from accord.people.access import Actor, own_employee_id, visible_employees, visible_units


def visible_alerts(actor: Actor) -> QuerySet[Alert]:
    """The alerts `actor` may see, with the KPI and the person or unit they are about."""
    about = Q(series__employee__in=visible_employees(actor)) | Q(series__org_unit__in=visible_units(actor))
    return Alert.objects.filter(about).select_related("series__metric", "series__employee", "series__org_unit")


def own_alerts(actor: Actor) -> QuerySet[Alert]:
    """Those about the KPIs of `actor` alone."""
    return visible_alerts(actor).filter(series__employee__isnull=False, series__employee=own_employee_id(actor))


def alert_for(actor: Actor, pk: int) -> Alert:
    """The alert `pk` if `actor` may see it. Raises Http404 otherwise, as if it did not exist."""
    return get_object_or_404(visible_alerts(actor), pk=pk)
