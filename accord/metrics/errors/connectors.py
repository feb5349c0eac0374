"""What may go wrong between a source and us. None of these holds a secret, an address with one, or an answer's text."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class SourceFailed(BusinessError):
    """Whatever keeps a source from being read. Nothing of the run was kept; the next one begins where this one did."""

    status = 409


class SettingsNotUnderstood(SourceFailed):
    """`problems` are `connectors.contract.Problem`s."""

    code = "source_settings_not_understood"
    status = 422
    sentence = _("The settings of this source cannot be used: %(problems)s")
    hint = _("Correct the settings on the page of the source.")

    def __init__(self, problems: Sequence[object]) -> None:
        super().__init__(problems="; ".join(map(str, problems)))
        self.problems = problems


class UnknownStream(SourceFailed):
    code = "source_stream_unknown"
    status = 422
    sentence = _("This source has no table called “%(stream)s”")
    hint = _("Choose one of the tables in the settings of the source.")


class SecretUnreadable(SourceFailed):
    code = "source_secret_unreadable"
    sentence = _("The password or key of this source can no longer be decrypted")
    hint = _("The key of this installation has changed. Type the password or key of the source in again.")


class DriverMissing(SourceFailed):
    code = "source_driver_missing"
    sentence = _("This installation cannot read %(system)s databases: the driver “%(driver)s” is missing")
    hint = _(
        "Ask an administrator to install it beside the product, for MySQL with: pip install accord-performance[mysql]"
    )


class HostUnknown(SourceFailed):
    code = "source_host_unknown"
    sentence = _("No address is known for the host %(host)s")
    hint = _("Check how the address is written. If it is right, ask whoever runs your network.")


class HostNotAllowed(SourceFailed):
    code = "source_host_not_allowed"
    status = 403
    sentence = _("The host %(host)s lies in a private or reserved network, and nobody allowed it")
    hint = _("If the system really runs there, an administrator can add host and port to the allowed hosts.")


class HostMustBeListed(SourceFailed):
    code = "source_host_must_be_listed"
    status = 403
    sentence = _(
        "Databases, directories and file stores are read only from hosts that an administrator allowed; %(host)s is "
        "not among them"
    )
    hint = _("An administrator can add host and port to the allowed hosts.")


class SourceUnreachable(SourceFailed):
    code = "source_unreachable"
    sentence = _("%(host)s does not answer")
    hint = _("It may be down, or a firewall stands between. We try again; if it stays so, check address and port.")


class ConnectionNotTrusted(SourceFailed):
    code = "source_connection_not_trusted"
    sentence = _("The encrypted connection to %(host)s was refused: its certificate cannot be trusted")
    hint = _("Ask whoever runs the system for a valid certificate. We never read a source past this check.")


class SignInRefused(SourceFailed):
    code = "source_sign_in_refused"
    sentence = _("%(host)s refuses our account or key (%(answer)s)")
    hint = _(
        "It may have expired, been revoked, or lack the right to read. Type a new one in on the page of the source."
    )


class IdentityNotProved(SourceFailed):
    code = "source_identity_not_proved"
    sentence = _("%(host)s answers, but does not show that it knows our account")
    hint = _(
        "A revoked key often still gets what everybody may see, and numbers would shrink in silence, so nothing was "
        "read. Type the key in again."
    )


class NothingThere(SourceFailed):
    code = "source_nothing_there"
    sentence = _("%(host)s knows nothing at %(path)s (404)")
    hint = _("Check the path. Some systems answer the same when an account may not see it.")


class AnswerRefused(SourceFailed):
    code = "source_answer_refused"
    sentence = _("%(host)s answers to %(path)s with the error %(answer)s")
    hint = _("With a number of 500 and above the system itself has a fault; otherwise check the path and the filters.")


class RedirectRefused(SourceFailed):
    code = "source_redirect_refused"
    sentence = _("%(host)s sends us on to another place, where we do not follow")
    hint = _("Enter the address that it sends on to as the address of the source, if you trust it.")


class AnswerNotJson(SourceFailed):
    code = "source_answer_not_json"
    sentence = _("%(host)s answers to %(path)s with %(found)s instead of JSON")
    hint = _("This is often a sign-in page or a wrong path. Check the address; it must be that of the interface.")


class AnswerCutShort(SourceFailed):
    code = "source_answer_cut_short"
    sentence = _("The answer of %(host)s to %(path)s ends in the middle")
    hint = _("We try again by ourselves. If it stays so, ask for fewer rows at once.")


class AnswerTooLarge(SourceFailed):
    code = "source_answer_too_large"
    sentence = _("An answer of %(host)s is larger than %(limit)s MB")
    hint = _("Ask for fewer rows at once, or raise the limit in the settings of the source.")


class AnswerTooSlow(SourceFailed):
    code = "source_answer_too_slow"
    sentence = _("%(host)s did not answer completely within %(limit)s seconds")
    hint = _("Ask for fewer rows at once, or raise the limit in the settings of the source.")


class RunTooLong(SourceFailed):
    code = "source_run_too_long"
    sentence = _("Reading %(host)s took longer than %(limit)s minutes and was stopped")
    hint = _("Nothing was kept. Ask for fewer rows, read at a quieter time, or raise the limit.")


class RateLimited(SourceFailed):
    code = "source_rate_limited"
    sentence = _("%(host)s asks us to come back later, and does so again and again")
    hint = _("Set fewer requests a minute or a longer pause between two runs.")


class RowsNotWhereSaid(SourceFailed):
    code = "source_rows_not_where_said"
    sentence = _("The answer for “%(stream)s” has no list of rows at “%(path)s”")
    hint = _("The system may have changed. Look at a fresh sample and correct where the rows stand.")


class FieldGone(SourceFailed):
    code = "source_field_gone"
    sentence = _("No row of “%(stream)s” has “%(fields)s” any more")
    hint = _(
        "The system may have changed. Look at a fresh sample and choose the field again; nothing was read until then."
    )


class RowWithoutKey(SourceFailed):
    code = "source_row_without_key"
    sentence = _("A row of “%(stream)s” has nothing at “%(key)s” by which it could be told from others")
    hint = _("Choose a field that is filled in every row and different in each, such as its number.")


class KeyNotUnique(SourceFailed):
    code = "source_key_not_unique"
    sentence = _("Several different rows of “%(stream)s” have the same “%(key)s”")
    hint = _("Choose a field, or several together, that is different in each row.")


class RowsMissing(SourceFailed):
    code = "source_rows_missing"
    sentence = _("The source says that “%(stream)s” has %(told)s rows, but only %(found)s came")
    hint = _(
        "It may hide closed or archived ones, or they changed while we read. If this stays so, look for a parameter "
        "that shows all."
    )


class PagesRepeat(SourceFailed):
    code = "source_pages_repeat"
    sentence = _("The source sends the same rows of “%(stream)s” again instead of the next page")
    hint = _("The parameter for the page has another name there. Look it up and correct it.")


class LinkLeavesSource(SourceFailed):
    code = "source_link_leaves"
    sentence = _("The link to the next page of “%(stream)s” leads to another host than %(host)s")
    hint = _("We follow links within the source only. Choose pages by number, or correct the address of the source.")


class StampNotUnderstood(SourceFailed):
    code = "source_stamp_not_understood"
    sentence = _("The times at “%(field)s” in “%(stream)s” cannot be read")
    hint = _("Choose the field that says when a row last changed, or say in which format it is written.")


class QueryNotReadOnly(SourceFailed):
    code = "source_query_not_read_only"
    status = 422
    sentence = _("Only one SELECT may be asked of a database")
    hint = _("Write one statement that begins with SELECT or WITH and changes nothing.")


class QueryFailed(SourceFailed):
    code = "source_query_failed"
    sentence = _("The database at %(host)s refuses the query for “%(stream)s”: %(reason)s")
    hint = _("Check the names of tables and columns, and whether the account may read them.")


class FolderNotNamed(SourceFailed):
    code = "source_folder_not_named"
    status = 403
    sentence = _("Files are read only from folders that an administrator named; %(folder)s is in none of them")
    hint = _("An administrator names folders with the setting ACCORD_SOURCE_FOLDERS.")


class FileUnreadable(SourceFailed):
    """`reason` is the error that the file itself gave."""

    code = "source_file_unreadable"
    sentence = _("The file “%(file)s” cannot be read: %(reason)s")
    hint = _("Correct the file or take it away. The files after it wait, so that none is left out unseen.")


class LineBroken(SourceFailed):
    """Why a file of JSON lines cannot be read."""

    code = "source_line_broken"
    sentence = _("line %(line)s is no complete JSON object")
    hint = _("Correct the file or take it away. The files after it wait, so that none is left out unseen.")


class TooManyFiles(SourceFailed):
    code = "source_too_many_files"
    sentence = _("The folder has more than %(limit)s files")
    hint = _("Move old files away, or narrow the pattern of the file names.")


class DirectoryRefused(SourceFailed):
    code = "source_directory_refused"
    sentence = _("The directory at %(host)s refuses the search: %(reason)s")
    hint = _("Check where the search begins, the filter, and whether the account may search there.")


class NothingToFetch(SourceFailed):
    code = "source_nothing_to_fetch"
    status = 422
    sentence = _("The rows of this source are sent to us, there is nothing to fetch")
    hint = _("Send rows to the address on the page of the source.")
