"""What a form is filled with when it is opened: kind of field → dotted name of the function that reads it for a person.

Each is called with the employee, the field's settings and the organisation's day.
"""

PREFILL: dict[str, str] = {
    "metric": "accord.metrics.queries.newest.newest_for_form",
}
