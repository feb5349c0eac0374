"""What cannot be done with a coaching task, and why."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class TaskClosed(BusinessError):
    code = "coaching_task_closed"
    sentence = _("This coaching task is closed already; nothing was changed.")
    hint = _("Open it again to see how it was closed. You may have it open in another window.")


class TaskPutOff(BusinessError):
    code = "coaching_task_put_off"
    sentence = _("This coaching task has been put off already; nothing was changed.")
    hint = _("Open it again to see until when and why. You may have it open in another window.")


class TaskNotPutOff(BusinessError):
    code = "coaching_task_not_put_off"
    sentence = _("This coaching task is not put off any more; nothing was changed.")
    hint = _("Open it again to see where it stands.")


class StepTaken(BusinessError):
    code = "coaching_step_taken"
    sentence = _("%(name)s has recorded this step already; what you wrote was not saved.")
    hint = _("Open the task again to read what is recorded. You may have it open in another window.")
