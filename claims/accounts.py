"""How sign-in behaves: nobody registers by themselves; an owner invites."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from claims.actions import factor

logger = logging.getLogger(__name__)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in without sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sends it; where the server of e-mail fails, the log says so and the page says no more.

        A page that failed would tell which addresses have an account, or leave a change undone.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            logger.exception("An e-mail could not be sent: %s", template_prefix)


class Factors(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors whose secrets are sealed where they lie."""

    def encrypt(self, text: str) -> str:
        return factor.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return factor.opened(encrypted_text)


class Door(AuthenticationBackend):  # type: ignore[misc]
    """Finds who signs in, by name or e-mail, and hashes once whatever was typed.

    What is typed comes as name and as e-mail, and allauth's own looks for the e-mail twice: so a
    guess at one that somebody has took half as long again.
    """

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:
        name, email = (credentials.get(key) or "" for key in ("username", "email"))
        if name and name.casefold() == email.casefold():
            del credentials["email"]
        return super()._authenticate(request, **credentials)
