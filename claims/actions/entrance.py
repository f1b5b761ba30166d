"""Who comes from the provider of the organisation, and which account is theirs."""

from __future__ import annotations

from collections.abc import Sequence

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from claims.actions import token as tokens
from claims.models import User


def by_email(emails: Sequence[str]) -> User | None:
    """The account with one of these, which the provider vouches for; none where several have it."""
    found = User.objects.filter(email__in=[email.lower() for email in emails], is_active=True)[:2]
    return found[0] if len(found) == 1 else None


@transaction.atomic
def connect(user: User, account: SocialAccount) -> User:
    """From now on the account at the provider opens that of `user`; what did so before does not.

    Nobody has proven the e-mail here: somebody may have given the address of another to an account
    of their own, and wait for them. A new password, which nobody knows, ends the sessions too.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    tokens.end_all(user)
    account.user = user
    account.save()
    return user
