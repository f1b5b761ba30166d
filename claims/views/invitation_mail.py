"""An invitation by e-mail, where the site can send any."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from claims.models import Invitation
from claims.records import Role

logger = logging.getLogger(__name__)


def send(invitation: Invitation, link: str) -> bool | None:
    """Sends the link. None where there is no e-mail to send it by, or none to send it to.

    False when the server of e-mail did not take it: the page still shows the link.
    """
    if not settings.SENDS_MAIL or "@" not in invitation.name:
        return None
    context = {"invitation": invitation, "link": link, "as_role": Role(invitation.role).label}
    subject = f"An invitation to {invitation.workspace}"
    body = render_to_string("invitation/mail.txt", context)
    try:
        send_mail(" ".join(subject.split()), body, None, [invitation.name])
    except (OSError, SMTPException):
        logger.exception("An invitation could not be sent.")
        return False
    return True
