from django.urls import path

from accord.coaching.views import development_plans as views
from accord.coaching.views import plan_drafts as drafts

urlpatterns = [
    path("plans/", views.plans, name="plans"),
    path("plans/draft/<int:person>/", drafts.draft, name="plan_draft"),
    path("plans/<int:pk>/", views.plan, name="plan"),
    path("plans/<int:pk>/share/", drafts.share, name="plan_share"),
    path("plans/<int:pk>/discard/", drafts.discard, name="plan_discard"),
    path("plans/<int:pk>/focus/", views.add_focus, name="plan_add_focus"),
    path("plans/<int:pk>/focus/<int:focus>/", views.change_focus, name="plan_change_focus"),
    path("plans/<int:pk>/focus/<int:focus>/remove/", views.remove_focus, name="plan_remove_focus"),
    path("plans/<int:pk>/focus/<int:focus>/mark/", views.mark, name="plan_mark"),
    path("plans/<int:pk>/agree/", views.agree, name="plan_agree"),
    path("plans/<int:pk>/take-back/", views.take_back, name="plan_take_back"),
    path("plans/<int:pk>/restore/", views.restore, name="plan_restore"),
    path("plans/<int:pk>/notes/", views.note, name="plan_note"),
    path("plans/<int:pk>/hand-on/", views.hand_on, name="plan_hand_on"),
    path("plans/<int:pk>/close/", views.close, name="plan_close"),
    path("plans/<int:pk>/history/", views.history, name="plan_history"),
]
