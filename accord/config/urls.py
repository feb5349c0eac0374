"""What people ask → which app answers."""

from django.urls import include, path

urlpatterns = [
    path("", include("accord.foundation.urls")),
    path("people/", include("accord.people.urls")),
    path("accounts/", include("accord.foundation.account_urls")),
    path("", include("accord.insights.urls")),
    path("metrics/", include("accord.metrics.urls")),
    path("workflow/", include("accord.workflow.urls")),
    path("goals/", include("accord.goals.urls")),
    path("alerts/", include("accord.alerts.urls")),
    path("coaching/", include("accord.coaching.urls")),
]

handler400 = "accord.foundation.views.refusals.not_understood"
handler403 = "accord.foundation.views.refusals.not_allowed"
handler404 = "accord.foundation.views.refusals.not_found"
handler500 = "accord.foundation.views.refusals.our_fault"
