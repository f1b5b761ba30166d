"""Secrets of second factors, as they lie in the database: sealed with a key from the settings.

A copy of the database alone then makes no codes. The key comes from `SECRET_KEY`; what older ones
have sealed is read by `SECRET_KEY_FALLBACKS`, and sealed anew by `seal_all`.
"""

from __future__ import annotations

import base64
import logging
import secrets
from functools import lru_cache

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction

MARK = "sealed:"
"""Before what is sealed. Rows of before this was done are plain, and are read as they are."""
FIELDS = ("secret", "seed")
logger = logging.getLogger(__name__)


def seal(text: str) -> str:
    """The text as it may lie in the database."""
    return MARK + _keys().encrypt(text.encode()).decode()


def opened(kept: str) -> str:
    """The text again; where no key fits, one that nobody can know, so that no code fits it.

    Not an empty one: its codes could be computed by anybody.
    """
    if not kept.startswith(MARK):
        return kept
    try:
        return _keys().decrypt(kept.removeprefix(MARK)).decode()
    except InvalidToken:
        logger.error("A second factor was sealed with a SECRET_KEY that is not set any more.")  # noqa: TRY400
        return base64.b32encode(secrets.token_bytes(20)).decode()


def seal_all() -> int:
    """Seals with the key of today what is plain or sealed with an older one; how many rows."""
    return sum(_seal_anew(pk) for pk in Authenticator.objects.values_list("pk", flat=True))


@transaction.atomic
def _seal_anew(pk: int) -> bool:
    row = Authenticator.objects.select_for_update().filter(pk=pk).first()
    if row is None:
        return False
    stale = {field: row.data[field] for field in FIELDS if _is_stale(row.data.get(field))}
    row.data |= {field: seal(opened(kept)) for field, kept in stale.items()}
    if stale:
        row.save(update_fields=["data"])
    return bool(stale)


def _is_stale(kept: str | None) -> bool:
    """Whether it can be read, and not by the key of today alone. None: there is no such secret."""
    if kept is None:
        return False
    return not kept.startswith(MARK) or (
        not _fits(_keys_of(settings.SECRET_KEY), kept) and _fits(_keys(), kept)
    )


def _fits(keys: MultiFernet, kept: str) -> bool:
    try:
        keys.decrypt(kept.removeprefix(MARK))
    except InvalidToken:
        return False
    return True


def _keys() -> MultiFernet:
    """All that read; the first one seals."""
    return _keys_of(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@lru_cache
def _keys_of(*given: str) -> MultiFernet:
    def derived(secret: str) -> bytes:
        made = HKDF(SHA256(), length=32, salt=None, info=b"counterclaim: second factors")
        return base64.urlsafe_b64encode(made.derive(secret.encode()))

    return MultiFernet([Fernet(derived(secret)) for secret in given])
