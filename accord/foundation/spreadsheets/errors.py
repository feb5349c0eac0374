"""Why a table file cannot be read at all: what, where, what to do."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class UnreadableFile(BusinessError):
    """The file as a whole cannot be taken."""

    code = "file_unreadable"
    status = 422
    sentence = _("%(file)s cannot be read as a table")
    hint = _("Save it as an Excel workbook (.xlsx) or as CSV and bring in that file.")


class EmptyFile(UnreadableFile):
    code = "file_empty"
    sentence = _("%(file)s is empty")
    hint = _("Choose a file with a header row and at least one row below it.")


class UnknownFileType(UnreadableFile):
    code = "file_type_unknown"
    sentence = _("%(file)s is neither an Excel workbook nor a text table")


class MisleadingFileType(UnreadableFile):
    """The name says one type, the content another."""

    code = "file_type_misleading"
    sentence = _("%(file)s is named like a %(claimed)s file, but its content is something else")
    hint = _("Open it in the program it came from and save it again as .xlsx or .csv.")


class OldOrLockedWorkbook(UnreadableFile):
    code = "workbook_old_or_locked"
    sentence = _("%(file)s is an old .xls workbook or is protected by a password")
    hint = _("Open it, remove the password and save it as an Excel workbook (.xlsx).")


class TooLarge(UnreadableFile):
    """A limit of accord.foundation.spreadsheets.limits is passed."""

    code = "file_too_large"
    status = 413
    sentence = _("%(file)s is too large: %(found)s MB; at most %(limit)s MB can be brought in at once")
    hint = _("Split it into several files and bring them in one after the other.")


class TooManyRows(TooLarge):
    code = "file_too_many_rows"
    sentence = _("%(file)s has too many rows; at most %(limit)s can be brought in at once")


class TooManyColumns(TooLarge):
    code = "file_too_many_columns"
    sentence = _("%(file)s has too many columns; at most %(limit)s can be read")
    hint = _("Keep the columns of the template and delete the others.")


class TooManySheets(TooLarge):
    code = "file_too_many_sheets"
    sentence = _("%(file)s has too many sheets: %(found)s; at most %(limit)s can be looked through")
    hint = _("Copy the table into a new workbook and bring in that one.")


class CellTooLong(TooLarge):
    code = "file_cell_too_long"
    sentence = _("A cell in row %(row)s of %(file)s is longer than %(limit)s characters")
    hint = _("Shorten that cell and bring the file in again.")


class DangerousFile(UnreadableFile):
    """Built to exhaust the machine or to reach other files; no spreadsheet program writes such a file."""

    code = "file_dangerous"
    sentence = _("%(file)s is packed in a way that no spreadsheet program writes: %(found)s")
    hint = _("Open it in Excel or WPS, copy the table into a new workbook and bring in that one.")


class DamagedFile(UnreadableFile):
    code = "file_damaged"
    sentence = _("%(file)s is damaged: %(found)s")
    hint = _("Open it in Excel or WPS, save it again and bring in the new file.")


class UnknownEncoding(UnreadableFile):
    code = "file_encoding_unknown"
    sentence = _("The characters in line %(line)s of %(file)s are neither UTF-8 nor GB18030")
    hint = _("Save the file as “CSV UTF-8” or as .xlsx and bring in that one.")


class UnbalancedQuotes(UnreadableFile):
    code = "file_quotes_unbalanced"
    sentence = _(
        "A quotation mark in row %(row)s of %(file)s is opened and not closed, so the rows below cannot be told apart"
    )
    hint = _('Correct that row; inside a quoted cell a quotation mark is written twice ("").')


class HeadersMissing(UnreadableFile):
    code = "headers_missing"
    sentence = _("%(file)s lacks the columns %(missing)s. Its header row %(row)s says: %(found)s")
    hint = _("Add the missing headers, or begin with the template. Columns may stand in any order.")


class HeadersDoubled(UnreadableFile):
    code = "headers_doubled"
    sentence = _("The header row %(row)s of %(file)s names %(doubled)s more than once")
    hint = _("Keep one column for each of them and remove or rename the other.")
