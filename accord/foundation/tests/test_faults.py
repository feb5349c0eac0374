"""What is kept of a fault names the place and nobody's numbers."""

from accord.foundation.faults import told_fault


def test_the_values_of_a_refused_row_are_left_out() -> None:
    text = (
        'new row for relation "kpi_statuses" violates check constraint "x"\n'
        "DETAIL:  Failing row contains (2105698, 7, 3, 71500000, 100000000).\n"
        "CONTEXT:  COPY staged, line 3, column value: 71.5\n"
    )
    try:
        raise RuntimeError(text)
    except RuntimeError as error:
        told = told_fault(error)
    assert "violates check constraint" in told
    assert "test_faults.py" in told
    assert "715" not in told
    assert "71.5" not in told
