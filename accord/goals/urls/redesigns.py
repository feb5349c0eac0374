"""Addresses of redesigns."""

from django.urls import path

from accord.goals.views import redesigns

urlpatterns = [
    path("position-map/<int:pk>/redesign/", redesigns.start, name="redesign_start"),
    path("redesigns/<int:pk>/", redesigns.redesign, name="redesign"),
    path("redesigns/<int:pk>/progress/", redesigns.progress, name="redesign_progress"),
    path("redesigns/<int:pk>/summary/", redesigns.summary, name="redesign_summary"),
    path("redesigns/<int:pk>/finish/", redesigns.finish, name="redesign_finish"),
    path("redesigns/<int:pk>/model/", redesigns.take_into_model, name="redesign_model"),
    path("redesigns/<int:pk>/drop/", redesigns.drop, name="redesign_drop"),
    path("redesigns/<int:pk>/<slug:step>/", redesigns.step_page, name="redesign_step"),
]
