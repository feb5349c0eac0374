"""Who reads a document beside its parties and its maker: kind → dotted name of a predicate (actor, document) -> bool.

The predicate is the owner app's, for only it knows what its documents are about. A kind without a line has no others.
"""

DOCUMENT_READERS: dict[str, str] = {
    "performance_agreement": "accord.goals.access.agreements.may_read_document",
    "agreement_amendment": "accord.goals.access.agreements.may_read_document",
    "one_on_one_minutes": "accord.coaching.access.minutes.may_read_document",
}
