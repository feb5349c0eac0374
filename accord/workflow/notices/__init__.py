"""What workflow tells people, by topic."""

from accord.workflow.notices import archive, documents, flows, forms

NOTICES = (*flows.NOTICES, *documents.NOTICES, *forms.NOTICES, *archive.NOTICES)
