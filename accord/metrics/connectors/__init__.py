"""Connectors: one for each kind of source (`registry`), all of them with the same three answers (`contract`)."""
