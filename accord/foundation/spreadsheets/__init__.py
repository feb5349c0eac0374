"""Tables as people send them (xlsx, csv) and as they get them back."""

from accord.foundation.spreadsheets.reading import read_sheet
from accord.foundation.spreadsheets.remarks import Remark
from accord.foundation.spreadsheets.sheets import Column, Sheet

__all__ = ["Column", "Remark", "Sheet", "read_sheet"]
