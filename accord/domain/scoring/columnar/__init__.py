"""The second engine: many scores at once on Polars, written apart from the Decimal rules and equal to them to the cent.

It calculates with whole millionths in 128 bits and never with floats, so a tie is a tie. What does not fit into that
form, and every case without a score, is settled by the Decimal engine, row by row. Polars is loaded with this package
and not before.
"""

from accord.domain.scoring.columnar.items import score_items
from accord.domain.scoring.columnar.totals import score_totals

__all__ = ["score_items", "score_totals"]
