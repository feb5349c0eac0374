from django.urls import path

from accord.workflow.views.people import people_search

urlpatterns = [
    path("people.json", people_search, name="people_search"),
]
