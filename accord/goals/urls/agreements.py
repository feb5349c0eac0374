"""Addresses of agreements."""

from django.urls import path

from accord.goals.views import agreement_acts as acts
from accord.goals.views import agreement_bulk as bulk
from accord.goals.views import agreements

urlpatterns = [
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/draft/", bulk.draft, name="agreements_draft"),
    path("agreements/remind/", bulk.remind, name="agreements_remind"),
    path("agreements/<int:pk>/", agreements.agreement, name="agreement"),
    path("agreements/<int:pk>/lines/add/", acts.add_line, name="agreement_add_line"),
    path("agreements/<int:pk>/lines/<int:metric>/", acts.edit_line, name="agreement_edit_line"),
    path("agreements/<int:pk>/lines/<int:metric>/remove/", acts.remove_line, name="agreement_remove_line"),
    path("agreements/<int:pk>/weights/", acts.edit_weights, name="agreement_edit_weights"),
    path("agreements/<int:pk>/propose/", acts.propose, name="agreement_propose"),
    path("agreements/<int:pk>/agree/", acts.agree, name="agreement_agree"),
    path("agreements/<int:pk>/take-back/", acts.take_back, name="agreement_take_back"),
    path("agreements/<int:pk>/begin-again/", acts.begin, name="agreement_begin_again"),
    path("agreements/<int:pk>/comments/", acts.say, name="agreement_comment"),
    path("agreements/<int:pk>/amend/", acts.amend, name="agreement_amend"),
    path("agreements/<int:pk>/end/", acts.end, name="agreement_end"),
]
