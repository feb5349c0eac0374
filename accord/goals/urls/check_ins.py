"""Addresses of check-ins."""

from django.urls import path

from accord.goals.views import check_ins

urlpatterns = [
    path("check-ins/", check_ins.mine, name="check-ins"),
    path("check-ins/new/", check_ins.new, name="check-ins_new"),
    path("check-ins/people/", check_ins.people, name="check-ins_people"),
    path("check-ins/people/<int:pk>/", check_ins.person, name="check-ins_person"),
    path("check-ins/rhythm/", check_ins.set_rhythm, name="check-ins_rhythm"),
    path("check-ins/<int:pk>/correct/", check_ins.correct, name="check-ins_correct"),
    path("check-ins/files/<int:pk>/", check_ins.file, name="check-ins_file"),
]
