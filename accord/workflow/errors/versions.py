"""What cannot be done with a version of a definition, and why."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class StaleDraft(BusinessError):
    """Somebody saved the draft after it was loaded."""

    code = "draft_saved_by_another"
    sentence = _("%(name)s has saved this draft since you opened it; your changes were not saved over theirs.")
    hint = _("Look at what differs, then keep yours or theirs. Nothing you wrote is lost.")


class NotADraft(BusinessError):
    code = "version_not_a_draft"
    sentence = _("Version %(number)s is no longer a draft, so it cannot be changed.")
    hint = _("Begin a new version; this one stays as it is for whatever runs on it.")


class NotReadyToPublish(BusinessError):
    code = "version_not_ready"
    sentence = _("Version %(number)s cannot be published: it is not approved, or another version took its place.")
    hint = _("Reload the page to see where it stands.")


class NeedsApproval(BusinessError):
    code = "version_needs_approval"
    sentence = _("“%(name)s” is published only after approval, and version %(number)s has not passed it.")
    hint = _("Send it through approval; it can be published as soon as everybody has agreed.")


class DefinitionFaulty(BusinessError):
    code = "definition_faulty"
    status = 422
    sentence = _("Version %(number)s has something to mend first: %(problem)s")
    hint = _("Open the designer; each problem stands beside the part it is about.")


class OverBudget(BusinessError):
    code = "form_over_budget"
    status = 422
    sentence = _("Filling in version %(number)s takes about %(minutes)s minutes, more than the %(budget)s agreed.")
    hint = _("Make fields optional or take them out, or say why it has to be so long. The reason is archived.")


class UnfinishedVersion(BusinessError):
    code = "unfinished_version"
    sentence = _("Version %(number)s of “%(name)s” is still being worked on.")
    hint = _("Go on with that one, publish it, or discard it first.")


class BodyTooLarge(BusinessError):
    code = "definition_too_large"
    status = 422
    sentence = _("This definition is larger than %(limit)s KB and was not saved.")
    hint = _("Take fields or steps out, or make two of it.")


class BodyNotUnderstood(BusinessError):
    code = "definition_not_understood"
    status = 422
    sentence = _("This is not such a definition: %(reason)s")
    hint = _("Export one from the designer to see what it looks like.")


class NoApprovalFlow(BusinessError):
    code = "no_approval_flow"
    sentence = _("The approval of “%(name)s” has no published version, so nothing can be sent through it.")
    hint = _("Publish that flow first, or choose another approval for “%(name)s”.")


class NobodyApproves(BusinessError):
    code = "nobody_approves"
    status = 422
    sentence = _("The approval of “%(name)s” asks nobody but you, and nobody approves what they send in themselves.")
    hint = _("Let somebody else send it in, or name another approver in that flow.")
