"""Who signs in, and as what."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from locutorio.store.models.subjects import LONG, SHORT, Contact, OfEstablishment, Person


class Account(AbstractBaseUser):
    """Someone who signs in with a name and a password. A stopped account cannot.

    ``holder`` says who that is, as the establishment writes its staff (name and number): two accounts of one
    holder are one person, where two are needed.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    name = models.CharField(max_length=LONG, unique=True)
    holder = models.CharField(max_length=LONG, blank=True)
    language = models.CharField(max_length=SHORT, default="en")
    stopped_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "name"

    @property
    def is_active(self) -> bool:  # type: ignore[override] # Django writes it nowhere
        """Tell whether the account may sign in."""
        return self.stopped_at is None


class Role(OfEstablishment):
    """What an account may do in one establishment: ``role`` is a word of `actions.create_account.Role`.

    An account of family or counsel acts for ``contact``; a person's own account for ``person``.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="roles", db_index=False)
    role = models.CharField(max_length=SHORT)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False)

    class Meta:
        indexes = [models.Index(fields=["account"], name="role_account")]


class Attempt(models.Model):
    """A sign-in that did not succeed, by digests of the name tried and of the address it came from."""

    id = models.UUIDField(primary_key=True, editable=False)
    name_digest = models.CharField(max_length=LONG)
    address_digest = models.CharField(max_length=LONG)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["name_digest", "at"], name="attempt_name"),
            models.Index(fields=["address_digest", "at"], name="attempt_address"),
        ]
