"""Facts of workflow, by topic."""

from accord.workflow.events import archive, documents, flows, forms, versions

EVENTS = {**versions.EVENTS, **forms.EVENTS, **flows.EVENTS, **documents.EVENTS, **archive.EVENTS}
