"""Bringing files in: the contract between the shared pages and command and each kind of import."""

from accord.foundation.imports.contract import Importer, ImportOptions, ImportResult, Remark

__all__ = ["ImportOptions", "ImportResult", "Importer", "Remark"]
