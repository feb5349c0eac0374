"""What of foundation is whose."""

from django.http import Http404

from accord.foundation.models import Notification, User


def notification_for(actor: User, pk: int) -> Notification:
    """The notification `pk` if it was sent to `actor`. Raises Http404 otherwise, as if it did not exist."""
    message = Notification.objects.filter(recipient=actor, pk=pk).first()
    if message is None:
        raise Http404
    return message
