"""What a person may take along: part of the export → dotted name of the function that gives it for a user."""

OWN_DATA: dict[str, str] = {
    "account": "accord.foundation.queries.own_data.own_data",
    "people": "accord.people.queries.own_data.own_data",
    "forms": "accord.workflow.queries.own_forms.own_data",
    "documents": "accord.workflow.queries.documents.own_documents",
    "measurements": "accord.metrics.queries.own_data.own_data",
    "driver_trees": "accord.metrics.queries.own_trees.own_data",
    "source_names": "accord.metrics.queries.own_data.own_source_names",
    "kpis": "accord.goals.queries.own_data.own_data",
    "objectives": "accord.goals.queries.own_objectives.own_data",
    "redesigns": "accord.goals.queries.own_redesigns.own_redesigns",
    "fit_words": "accord.goals.queries.own_redesigns.own_fit_words",
    "agreements": "accord.goals.queries.own_data.own_agreements",
    "check_ins": "accord.goals.queries.own_data.own_check_ins",
    "workshops": "accord.goals.queries.own_data.own_workshop_words",
    "calibrations": "accord.goals.queries.calibrations.own_data.own_data",
    "scorecards": "accord.goals.queries.own_data.own_scorecards",
    "model_credits": "accord.goals.queries.own_credits.own_credits",
    "alerts": "accord.alerts.queries.own_data.own_data",
    "coaching": "accord.coaching.queries.coaching_tasks.own_data",
    "weekly_reports": "accord.insights.queries.own_data.own_data",
}
