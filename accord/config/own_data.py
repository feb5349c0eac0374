"""What a person may take along: part of the export → dotted name of the function that gives it for a user."""

OWN_DATA: dict[str, str] = {
    "account": "accord.foundation.queries.own_data.own_data",
    "people": "accord.people.queries.own_data.own_data",
    "forms": "accord.workflow.queries.own_forms.own_data",
    "documents": "accord.workflow.queries.documents.own_documents",
    "measurements": "accord.metrics.queries.own_data.own_data",
    "kpis": "accord.goals.queries.own_data.own_data",
    "model_credits": "accord.goals.queries.own_credits.own_credits",
    "alerts": "accord.alerts.queries.own_data.own_data",
    "coaching": "accord.coaching.queries.own_data",
}
