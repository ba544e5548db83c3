"""Who signs in, and as what."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from locutorio.store.models.subjects import LONG, SHORT, Contact, OfEstablishment, Person


class Account(AbstractBaseUser):
    """Someone who signs in with a name and a password. A stopped account cannot.

    ``holder`` says who that is, as the establishment writes its staff (name and number): two accounts of one
    holder are one person, where two are needed.
    ``epoch`` grows with each change of what it signs in with, so that sessions begun before end. ``pin`` is
    the hash of the PIN of a person in custody, for the kiosks of their establishment. ``enrolled_at`` is when
    it first had a second factor, since it was made or began anew.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    name = models.CharField(max_length=LONG, unique=True)
    holder = models.CharField(max_length=LONG, blank=True)
    language = models.CharField(max_length=SHORT, default="en")
    stopped_at = models.DateTimeField(null=True)
    epoch = models.PositiveIntegerField(default=0)
    pin = models.CharField(max_length=LONG, blank=True)
    enrolled_at = models.DateTimeField(null=True)

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


class Failure(models.Model):
    """How often somebody did not show who they are, in one quarter of an hour, until it is an entry.

    ``account`` is whose name or number was given; none where nobody has it: what was typed stands nowhere.
    ``kiosk_at`` is the establishment of a ``kiosk``. ``wrong`` were looked at; ``held_back`` were too many.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    account = models.UUIDField(null=True)
    kiosk = models.UUIDField(null=True)
    kiosk_at = models.UUIDField(null=True)
    door = models.CharField(max_length=SHORT)
    network = models.CharField(max_length=SHORT)
    since = models.DateTimeField()
    last_at = models.DateTimeField()
    wrong = models.PositiveIntegerField(default=0)
    held_back = models.PositiveIntegerField(default=0)


class Challenge(models.Model):
    """What a passkey is asked to sign, by its digest: once, soon, and by the browser that asked for it.

    ``account`` is whose passkey it is asked of or made for; none for whoever signs in by a passkey alone.
    """

    digest = models.CharField(max_length=LONG, primary_key=True)
    browser = models.CharField(max_length=LONG)
    account = models.ForeignKey(Account, models.PROTECT, null=True, db_index=False)
    at = models.DateTimeField()


class Reset(OfEstablishment):
    """A code on paper with which somebody begins anew: chooses a password, or a PIN. Kept as a digest."""

    account = models.ForeignKey(Account, models.PROTECT, db_index=False)
    kind = models.CharField(max_length=SHORT)
    digest = models.CharField(max_length=LONG, unique=True)
    at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "at"], name="reset_account")]


class Enrolment(OfEstablishment):
    """A further factor of somebody of staff, which shows nothing before a second person approves it.

    ``kept`` is what its row will hold, as JSON. The proposal names it.
    """

    account = models.ForeignKey(Account, models.PROTECT, db_index=False)
    kind = models.CharField(max_length=SHORT)
    name = models.CharField(max_length=LONG, blank=True)
    kept = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "at"], name="enrolment_account")]


class Told(models.Model):
    """What the holder of an account is told of it: that its password was changed, a factor added."""

    id = models.UUIDField(primary_key=True, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, db_index=False)
    what = models.CharField(max_length=SHORT)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "at"], name="told_account")]


class Kiosk(OfEstablishment):
    """A device in a wing at which people in custody sign in. It holds a key; its digest stands here.

    ``code`` is the digest of the code with which the device takes its key, once, until ``code_ends_at``.
    """

    name = models.CharField(max_length=LONG)
    wing = models.CharField(max_length=SHORT, blank=True)
    code = models.CharField(max_length=LONG, unique=True)
    code_ends_at = models.DateTimeField()
    key = models.CharField(max_length=LONG, blank=True, db_index=True)
    stopped_at = models.DateTimeField(null=True)


class PinUse(OfEstablishment):
    """That a PIN was used at a kiosk. ``flagged``: it had been used at another place just before."""

    account = models.ForeignKey(Account, models.PROTECT, db_index=False)
    kiosk = models.ForeignKey(Kiosk, models.PROTECT, db_index=False)
    at = models.DateTimeField()
    flagged = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["account", "at"], name="pinuse_account"),
            models.Index(fields=["establishment", "flagged", "at"], name="pinuse_flagged"),
        ]
