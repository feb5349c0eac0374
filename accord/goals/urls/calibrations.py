"""Addresses of calibration meetings."""

from django.urls import path

from accord.goals.views import calibration_amendments as amendments
from accord.goals.views import calibrations

urlpatterns = [
    path("calibrations/", calibrations.index, name="calibrations"),
    path("calibrations/changes/", calibrations.note, name="calibrations_note"),
    path("calibrations/plan/", calibrations.plan, name="calibrations_plan"),
    path("calibrations/<int:pk>/", calibrations.meeting, name="calibrations_meeting"),
    path("calibrations/<int:pk>/board/", calibrations.board, name="calibrations_board"),
    path("calibrations/<int:pk>/open/", calibrations.open_it, name="calibrations_open"),
    path("calibrations/<int:pk>/minutes/", calibrations.minutes, name="calibrations_minutes"),
    path("calibrations/<int:pk>/print/", calibrations.print_it, name="calibrations_print"),
    path("calibrations/<int:pk>/points/<int:item>/", calibrations.decide, name="calibrations_decide"),
    path("calibrations/<int:pk>/close/", calibrations.close, name="calibrations_close"),
    path("calibrations/<int:pk>/amend/<int:agreement>/", amendments.amend, name="calibrations_amend"),
    path("calibrations/<int:pk>/amend/", amendments.amend_many, name="calibrations_amend_many"),
    path("calibrations/history/<int:agreement>/", amendments.history, name="calibrations_history"),
]
