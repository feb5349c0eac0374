from django.urls import path

from accord.coaching.views import competencies as views
from accord.coaching.views import competency_framework as keeping

urlpatterns = [
    path("competencies/", views.mine, name="competencies"),
    path("competencies/people/<int:pk>/", views.person, name="person_competencies"),
    path("competencies/people/<int:pk>/assess/", views.assess_page, name="assess"),
    path("competencies/framework/", views.framework_page, name="framework"),
    path("competencies/framework/new/", keeping.add, name="competency_add"),
    path("competencies/framework/<int:pk>/", views.competency_page, name="competency"),
    path("competencies/framework/<int:pk>/edit/", keeping.change, name="competency_change"),
    path("competencies/framework/<int:pk>/retire/", keeping.retire, name="competency_retire"),
]
