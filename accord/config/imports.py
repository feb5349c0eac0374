"""Kinds of import: what `accord import KIND` and the import pages offer → dotted name of the importer."""

IMPORTS: dict[str, str] = {
    "people": "accord.people.services.people_import.import_people",
    "kpis": "accord.goals.services.kpi_import.import_kpis",
    "measurements": "accord.metrics.services.measurement_import.import_measurements",
}
