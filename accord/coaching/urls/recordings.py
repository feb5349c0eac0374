from django.urls import path

from accord.coaching.views import recording_uploads as uploads
from accord.coaching.views import recordings as views

urlpatterns = [
    path("recordings/for/<int:pk>/", views.record, name="record"),
    path("recordings/for/<int:pk>/file/", views.bring, name="recording_file"),
    path("recordings/for/<int:pk>/upload/", uploads.begin, name="recording_begin"),
    path("recordings/<int:pk>/upload/", uploads.upload, name="recording_upload"),
    path("recordings/<int:pk>/media/", views.media, name="recording_media"),
    path("recordings/<int:pk>/captions/", views.captions, name="recording_captions"),
    path("recordings/<int:pk>/words/", views.words, name="recording_words"),
    path("recordings/<int:pk>/delete/", views.delete, name="recording_delete"),
]
