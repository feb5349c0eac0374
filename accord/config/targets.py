"""Who knows what a series should have reached: dotted names of functions of series and a period.

Each answers the targets that it knows by the key of the series. Metrics asks; the apps above it know.
"""

SERIES_TARGETS: tuple[str, ...] = ("accord.goals.queries.kpis.target_values",)
