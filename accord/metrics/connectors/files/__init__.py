"""Files: csv, xlsx and jsonl in a folder or a bucket."""

from django.utils.translation import gettext_lazy as _

from accord.metrics.connectors.contract import ConnectorKind
from accord.metrics.connectors.files.connector import open_files
from accord.metrics.connectors.files.settings import read_files

KIND = ConnectorKind(
    label=_("Files in a folder or object store"),
    description=_("What a system exports each day as csv, xlsx or jsonl; only new and changed files are read."),
    icon="file-spreadsheet",
    read_settings=lambda settings: read_files(settings)[1],
    open=open_files,
)
