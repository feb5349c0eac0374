from django.urls import path

from accord.workflow.views import archive

urlpatterns = [
    path("archive/", archive.archive, name="archive"),
    path("archive/erasures/", archive.archive_erasures, name="archive_erasures"),
    path("archive/records/<int:seq>/", archive.archive_record, name="archive_record"),
    path("archive/records/<int:seq>/receipt.json", archive.archive_receipt, name="archive_receipt"),
]
