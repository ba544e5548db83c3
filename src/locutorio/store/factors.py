"""Second factors: one-time codes and recovery codes. Passkeys stand in ``passkeys``.

The rows, the arithmetic of the codes and the recovery codes are django-allauth's; the moment is an argument,
and the last step of time that was used stands in the row, so that no process takes a code twice. What codes
are made from is sealed (``seeds``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt, encrypt
from django.db import transaction

from locutorio.store.context import owning
from locutorio.store.transaction import Transaction

STEP = timedelta(seconds=30)
STEPS_AROUND = (-1, 0, 1)
TOTP, PASSKEY, RECOVERY = "totp", "passkey", "recovery"
CODE_LENGTH = 200
_KINDS = {
    TOTP: Authenticator.Type.TOTP,
    PASSKEY: Authenticator.Type.WEBAUTHN,
    RECOVERY: Authenticator.Type.RECOVERY_CODES,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class Factor:
    """Something that shows who somebody is, besides their password. ``left``: recovery codes not yet used."""

    id: int
    kind: str
    name: str
    since: datetime
    used_at: datetime | None
    left: int = 0


@owning
def factors(account: UUID) -> tuple[Factor, ...]:
    """Give the factors of an account, oldest first."""
    return tuple(
        Factor(
            id=row.pk,
            kind=_NAMES[Authenticator.Type(row.type)],
            name=row.data.get("name", ""),
            since=row.created_at,
            used_at=row.last_used_at,
            left=_left(row) if row.type == Authenticator.Type.RECOVERY_CODES else 0,
        )
        for row in Authenticator.objects.filter(user=account).order_by("id")
    )


@owning
def kinds(account: UUID) -> frozenset[str]:
    """Give what an account can show besides its password: totp, passkey, recovery."""
    found = Authenticator.objects.filter(user=account).values_list("type", flat=True)
    return frozenset(_NAMES[Authenticator.Type(one)] for one in found)


def _left(row: Authenticator) -> int:
    used: int = row.data["used_mask"]
    return int(app_settings.RECOVERY_CODE_COUNT) - used.bit_count()


def new_secret() -> str:
    """Give a fresh secret for one-time codes, sealed."""
    return str(encrypt(generate_totp_secret()))


def letters(sealed: str) -> str:
    """Give a sealed secret in base 32, as apps take it.

    Raises:
        Fault: the keyring does not open it.
    """
    return str(decrypt(sealed))


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """Give the step of time whose code this is: the one of a moment, the one before or the one after."""
    now = int(at.timestamp()) // int(STEP.total_seconds())
    if len(code) > CODE_LENGTH:
        return None
    fits = [
        now + around
        for around in STEPS_AROUND
        if compare_user_code(actual=code, expected=code_at(secret, now + around))
    ]
    return fits[0] if fits else None


def code_at(secret: str, step: int) -> str:
    """Give the code of a step of time."""
    return str(format_hotp_value(hotp_value(secret, step)))


def add_totp(tx: Transaction, account: UUID, sealed: str, step: int) -> bool:
    """Keep a sealed secret for one-time codes, of which one step is used; tell whether there was none."""
    if Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists():
        return False
    data = {"secret": sealed, "step": step}
    Authenticator.objects.create(user_id=account, type=Authenticator.Type.TOTP, data=data, created_at=tx.at)
    return True


@owning
def use_totp(account: UUID, code: str, at: datetime) -> bool:
    """Tell whether a one-time code is right. Neither it nor one before it is ever right again."""
    with transaction.atomic():
        row = _held(account, TOTP)
        step = step_of(decrypt(row.data["secret"]), code, at) if row else None
        if row is None or step is None or step <= row.data["step"]:
            return False
        row.data["step"], row.last_used_at = step, at
        row.save(update_fields=["data", "last_used_at"])
    return True


def make_recovery_codes(tx: Transaction, account: UUID) -> tuple[str, ...]:
    """Make recovery codes in place of those before; give them, which nobody can again."""
    Authenticator.objects.filter(user=account, type=Authenticator.Type.RECOVERY_CODES).delete()
    data = {"seed": encrypt(RecoveryCodes.generate_seed()), "used_mask": 0}
    made = Authenticator.objects.create(
        user_id=account, type=Authenticator.Type.RECOVERY_CODES, data=data, created_at=tx.at
    )
    return tuple(RecoveryCodes(made).generate_codes())


@owning
def use_recovery_code(account: UUID, code: str, at: datetime) -> bool:
    """Tell whether a recovery code is right, and was not used before."""
    if len(code) > CODE_LENGTH:
        return False
    with transaction.atomic():
        row = _held(account, RECOVERY)
        if row is None or not RecoveryCodes(row).validate_code(code):
            return False
        Authenticator.objects.filter(pk=row.pk).update(last_used_at=at)
    return True


@owning
def remove(account: UUID, factor: int) -> str | None:
    """Take a factor away, and the recovery codes with the last one; give its kind, None if there is none."""
    row = Authenticator.objects.filter(user=account, pk=factor).first()
    if row is None:
        return None
    row.delete()
    if not kinds(account) - {RECOVERY}:
        remove_all(account)
    return _NAMES[Authenticator.Type(row.type)]


@owning
def remove_all(account: UUID) -> None:
    """Take every factor of an account away."""
    Authenticator.objects.filter(user=account).delete()


def _held(account: UUID, kind: str) -> Authenticator | None:
    """Give the one row of a kind, which nobody else changes until the transaction ends."""
    return Authenticator.objects.select_for_update().filter(user=account, type=_KINDS[kind]).first()
