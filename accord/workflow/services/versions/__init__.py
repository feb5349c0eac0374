"""The life of a version: drafted, saved, sent through approval, published, retired, restored.

Forms and flows go through it alike; what differs stands in `kinds`.
"""

from accord.workflow.services.versions.drafts import (
    create_definition,
    discard,
    draft_of,
    new_draft,
    restore,
    save_draft,
)

__all__ = ["create_definition", "discard", "draft_of", "new_draft", "restore", "save_draft"]
