"""The life of a version: drafted, saved, sent through approval, published, retired, restored.

Forms, flows and what apps above design go through it alike; what differs stands in `kinds`.
"""

from accord.workflow.services.versions.approval import follow_approval, submit_for_approval
from accord.workflow.services.versions.drafts import (
    add_definition,
    create_definition,
    discard,
    draft_of,
    new_draft,
    restore,
    save_draft,
)
from accord.workflow.services.versions.publication import publish, retire
from accord.workflow.services.versions.settings import save_settings

__all__ = [
    "add_definition",
    "create_definition",
    "discard",
    "draft_of",
    "follow_approval",
    "new_draft",
    "publish",
    "restore",
    "retire",
    "save_draft",
    "save_settings",
    "submit_for_approval",
]
