"""With what a program signs in for an account."""

from __future__ import annotations

from django.db import models

from locutorio.store.models.accounts import Account
from locutorio.store.models.subjects import LONG, SHORT, OfEstablishment

DIGEST_LENGTH = 64


class Token(OfEstablishment):
    """A secret by which a program acts as an account in one establishment. Only its SHA-256 is kept.

    ``kind`` is api, or calendar for one that shows the account's own bookings and nothing else.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens", db_index=False)
    kind = models.CharField(max_length=SHORT)
    name = models.CharField(max_length=LONG)
    digest = models.CharField(max_length=DIGEST_LENGTH, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account"], name="token_account")]


class TokenUse(OfEstablishment):
    """The last day and time at which a token was used. Its ``id`` is the token's."""

    used_at = models.DateTimeField()
