from django.urls import path

from accord.coaching.views import feedback as views
from accord.coaching.views import feedback_asking as asking
from accord.coaching.views import feedback_writing as writing

urlpatterns = [
    path("feedback/", views.index, name="feedback"),
    path("feedback/new/", writing.new, name="feedback_new"),
    path("feedback/keep/", writing.keep, name="feedback_keep"),
    path("feedback/<int:pk>/write/", writing.write, name="feedback_write"),
    path("feedback/<int:pk>/discard/", writing.discard, name="feedback_discard"),
    path("feedback/<int:pk>/", views.page, name="feedback_page"),
    path("feedback/<int:pk>/record/", views.printed, name="feedback_record"),
    path("feedback/<int:pk>/withdraw/", views.withdraw, name="feedback_withdraw"),
    path("feedback/<int:pk>/thank/", views.thank, name="feedback_thank"),
    path("feedback/<int:pk>/reply/", views.reply, name="feedback_reply"),
    path("feedback/<int:pk>/next-talk/", views.take_further, name="feedback_next_talk"),
    path("feedback/ask/", asking.ask, name="feedback_ask"),
    path("feedback/requests/<int:pk>/decline/", asking.decline, name="feedback_decline"),
]
