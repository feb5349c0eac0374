"""One file that somebody brought in, from upload to result."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportRun(models.Model):
    """A file and what became of its rows. `kind` is a key of the table of imports (`people`, `measurements`, …).

    CHECKING → CHECKED → LOADING → DONE; CHECKED may be DISCARDED, LOADING falls back to CHECKED when nothing could be
    written, and a file that cannot be read ends as FAILED. Each step is one compare-and-set on `state`.
    """

    class State(models.TextChoices):
        CHECKING = "checking", _("being checked")
        CHECKED = "checked", _("checked, waiting for you")
        LOADING = "loading", _("being loaded")
        DONE = "done", _("loaded")
        FAILED = "failed", _("could not be read")
        DISCARDED = "discarded", _("discarded")

    kind = models.CharField(max_length=30)
    file_name = models.CharField(max_length=255)
    # Where the file is kept under ACCORD_HOME/files; the name is the product's own, never the sender's.
    stored_as = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKING)
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    # The first refusals and warnings as shown on the page; the whole list is in the refused-rows file.
    remarks = models.JSONField(default=list)
    # What loading would do, line by line, as far as the importer tells.
    preview = models.JSONField(default=list)
    refused_stored_as = models.CharField(max_length=200, blank=True)
    # Why nothing could be done: `sentence`, `hint` and their `values`, translated when shown.
    error = models.JSONField(default=dict)
    # Nobody where it came by the command line.
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    loading_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "import_runs"
        indexes = [models.Index(fields=["-id"], name="import_runs_newest")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.file_name}"
