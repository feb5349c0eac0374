"""Tables as people send them (xlsx, csv) and as they get them back."""

from accord.foundation.spreadsheets.reading import Column, Sheet, read_sheet

__all__ = ["Column", "Sheet", "read_sheet"]
