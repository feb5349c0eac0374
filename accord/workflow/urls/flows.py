from django.urls import path

from accord.workflow.views.flows import acting, delegations, desk, instances, starting, turns
from accord.workflow.views.people import people_search

urlpatterns = [
    path("inbox/", desk.inbox, name="inbox"),
    path("inbox/agree/", acting.agree_many, name="agree_many"),
    path("done/", desk.done, name="done"),
    path("started/", desk.started, name="started"),
    path("copied/", desk.copied, name="copied"),
    path("start/", starting.start_list, name="start_list"),
    path("start/<int:pk>/", starting.start, name="start"),
    path("instances/<int:pk>/", instances.instance, name="instance"),
    path("instances/<int:pk>/<slug:verb>/", acting.act_on_flow, name="act_on_flow"),
    path("tasks/<int:pk>/turn/", turns.turn, name="turn"),
    path("tasks/<int:pk>/<slug:verb>/", acting.act, name="act"),
    path("delegations/", delegations.delegations, name="delegations"),
    path("delegations/<int:pk>/end/", delegations.end_delegation, name="end_delegation"),
    path("people.json", people_search, name="people_search"),
]
