"""What people and programs may be told when the rows of a source become values."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accord.domain.row_mapping import Problem
from accord.foundation.errors import BusinessError, Text
from accord.foundation.language import readers_language


class SyncUnderWay(BusinessError):
    code = "sync_under_way"
    sentence = _("“%(source)s” is being read already; a second run at the same time would only wait for it.")
    hint = _(
        "Look at the list of runs in a moment: what changed at the source until then comes with it or the next one."
    )


class NoSuchSource(BusinessError):
    """A command named a source that is not read by any connection."""

    code = "source_not_connected"
    status = 404
    sentence = _("There is no connection to a source “%(name)s”")
    hint = _("Give its name as it stands in the list of sources.")


class RunOvertaken(BusinessError):
    """The run had been silent for so long that another one was begun in its place."""

    code = "run_overtaken"
    sentence = _("The run was silent for too long and another one took its place; nothing of it was kept.")
    hint = _(
        "The newer run brings the same rows. If this comes again, give the source more time or read fewer rows at once."
    )


class RunDied(BusinessError):
    code = "run_died"
    sentence = _("The run ended without a word, for example because the server was restarted; nothing of it was kept.")
    hint = _("Nothing needs to be done: the next run reads the same rows again.")


class ConnectionChangedMeanwhile(BusinessError):
    code = "connection_changed_meanwhile"
    sentence = _("“%(source)s” was set up anew while it was being read, so nothing of this run was kept.")
    hint = _("The next run reads it as it is set up now.")


class RuleNotUnderstood(BusinessError):
    """`problems` are everything that is wrong with the rule; the sentence names the first."""

    code = "rule_not_understood"
    status = 422
    sentence = _("The mapping of “%(metric)s” cannot be used: %(problem)s")
    hint = _("Correct the mapping and look at the preview again.")

    def __init__(self, metric: Text, problems: tuple[Problem, ...]) -> None:
        super().__init__(metric=metric, problem=problems[0].explain(readers_language()) if problems else "")
        self.problems = problems


class SourceShrank(BusinessError):
    code = "source_shrank"
    sentence = _("“%(source)s” answered with %(rest)s of the %(before)s rows that were there; nothing was removed.")
    hint = _(
        "Check that the account still sees everything. If so many rows are really gone, ask for a full reading by hand."
    )


class OutOfReach(BusinessError):
    code = "identity_out_of_reach"
    status = 403
    sentence = _("%(whose)s is in none of the units you are HR partner of, so you cannot say that a name is theirs.")
    hint = _("An administrator can match this name.")


class IdentityNotOfThatKind(BusinessError):
    code = "identity_wrong_kind"
    status = 422
    sentence = _("“%(name)s” names a person, and a unit was chosen, or the other way round.")
    hint = _("Choose a person for the name of a person, and a unit for the path of a unit.")
