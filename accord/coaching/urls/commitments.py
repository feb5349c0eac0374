from django.urls import path

from accord.coaching.views import commitments as views

urlpatterns = [
    path("commitments/", views.commitment_list, name="commitments"),
    path("commitments/<int:pk>/", views.commitment_page, name="commitment"),
    path("commitments/<int:pk>/keep/", views.keep, name="keep_commitment"),
    path("commitments/<int:pk>/move/", views.move, name="move_commitment"),
    path("commitments/<int:pk>/drop/", views.drop, name="drop_commitment"),
    path("commitments/<int:pk>/reopen/", views.reopen, name="reopen_commitment"),
    path("commitments/new/<slug:table>/<int:pk>/", views.new_commitment, name="new_commitment"),
]
