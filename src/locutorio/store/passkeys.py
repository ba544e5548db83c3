"""Passkeys: what a browser is asked to sign, once, and whether what it signed is right.

``fido2`` checks signatures, origins and flags; the rows are django-allauth's. Beside them stand here what
neither keeps: that a challenge is used once, by the browser that asked for it, and that counters only grow.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from locutorio.store.context import of_account, owning, trying
from locutorio.store.models import Account, Challenge
from locutorio.store.transaction import Transaction

CHALLENGE_LASTS = timedelta(minutes=5)
CHALLENGE_BYTES, ANSWER_LENGTH_MAX, NAME_LENGTH_MAX = 32, 20_000, 60
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, RecursionError)
_WEBAUTHN = Authenticator.Type.WEBAUTHN


@dataclass(frozen=True, slots=True)
class Site:
    """Where a passkey is for: ``host`` as passkeys name it, ``origin`` as the browser does, ``browser``
    whatever tells one browser from another.
    """

    host: str
    origin: str
    name: str
    browser: str


@owning
def begin_making(account: UUID, site: Site, at: datetime) -> dict[str, Any]:
    """Give what a browser needs to make a passkey for an account."""
    kept = Account.objects.get(id=account)
    options, _ = _server(site).register_begin(
        PublicKeyCredentialUserEntity(id=account.bytes, name=kept.name, display_name=kept.name),
        credentials=[one.key for one in _passkeys(account)],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
        challenge=_challenge(account, site, at),
    )
    return _plain(options)


def begin_using(account: UUID | None, site: Site, at: datetime) -> dict[str, Any]:
    """Give what a browser needs to use a passkey: one of an account, or whichever it has for this site."""
    options, _ = _server(site).authenticate_begin(
        credentials=[one.key for one in _passkeys(account)] if account else None,
        user_verification=UserVerificationRequirement.REQUIRED,
        challenge=_challenge(account, site, at),
    )
    return _plain(options)


def made(answer: str, account: UUID, site: Site, at: datetime) -> dict[str, Any] | None:
    """Give the passkey that a browser made for an account, as it is kept; None where it is not right."""
    try:
        given = _read(answer)
        challenge = RegistrationResponse.from_dict(given).response.client_data.challenge
        if not _use(challenge, account, site, at):
            return None
        data = _server(site).register_complete(_state(challenge), given)
    except _UNREADABLE:
        return None
    return {"credential": given, "counter": data.counter}


def add(tx: Transaction, account: UUID, name: str, passkey: Mapping[str, Any]) -> bool:
    """Keep a passkey; tell whether it is a new one."""
    if has(account, passkey):
        return False
    data = {**passkey, "name": name[:NAME_LENGTH_MAX]}
    Authenticator.objects.create(user_id=account, type=_WEBAUTHN, data=data, created_at=tx.at)
    return True


def has(account: UUID, passkey: Mapping[str, Any]) -> bool:
    """Tell whether an account has a passkey already."""
    new = _key(passkey["credential"])
    return any(one.key.credential_id == new.credential_id for one in _passkeys(account))


def used(answer: str, account: UUID | None, site: Site, at: datetime) -> UUID | None:
    """Give the account whose passkey a browser used; None where it is not right, or not that account's."""
    try:
        given = _read(answer)
        said = AuthenticationResponse.from_dict(given)
        challenge = said.response.client_data.challenge
        if not _use(challenge, account, site, at):
            return None
        handle = said.response.user_handle
        whose = account or UUID(bytes=bytes(handle or b""))
        own = _passkeys(whose)
        found = _server(site).authenticate_complete(_state(challenge), [one.key for one in own], given)
    except _UNREADABLE:
        return None
    row = next(one.row for one in own if one.key.credential_id == found.credential_id)
    return whose if _counted(row, said.response.authenticator_data.counter, at) else None


@dataclass(frozen=True, slots=True)
class _Passkey:
    row: Authenticator
    key: AttestedCredentialData


@owning
def _passkeys(account: UUID) -> list[_Passkey]:
    rows = Authenticator.objects.filter(user=account, type=_WEBAUTHN).order_by("id")
    return [_Passkey(row, _key(row.data["credential"])) for row in rows]


def _key(credential: Mapping[str, Any]) -> AttestedCredentialData:
    found = RegistrationResponse.from_dict(credential).response.attestation_object.auth_data.credential_data
    if found is None:
        raise ValueError("a credential without its key")
    return found


def _server(site: Site) -> Fido2Server:
    return Fido2Server(
        PublicKeyCredentialRpEntity(name=site.name, id=site.host),
        verify_origin=lambda origin: origin == site.origin,
    )


def _state(challenge: bytes) -> dict[str, str]:
    required = UserVerificationRequirement.REQUIRED
    return {"challenge": websafe_encode(challenge), "user_verification": required}


def _plain(options: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(dict(options)))
    return plain


def _read(answer: str) -> dict[str, Any]:
    given = json.loads(answer) if len(answer) <= ANSWER_LENGTH_MAX else None
    if not isinstance(given, dict):
        raise TypeError("an answer that no browser gives")
    return given


@trying
def _challenge(account: UUID | None, site: Site, at: datetime) -> bytes:
    Challenge.objects.filter(at__lte=at - CHALLENGE_LASTS).delete()
    challenge = secrets.token_bytes(CHALLENGE_BYTES)
    Challenge.objects.create(digest=_digest(challenge), browser=site.browser, account_id=account, at=at)
    return challenge


@trying
def _use(challenge: bytes, account: UUID | None, site: Site, at: datetime) -> bool:
    """Use up a challenge; tell whether it was one, for this account and browser. Only one of two can."""
    mine = Challenge.objects.filter(
        digest=_digest(challenge), account=account, browser=site.browser, at__gt=at - CHALLENGE_LASTS
    )
    gone, _ = mine.delete()
    return gone == 1


def _digest(challenge: bytes) -> str:
    return sha256(challenge).hexdigest()


def _counted(row: Authenticator, counter: int, at: datetime) -> bool:
    """Keep how often a passkey was used, as it says itself; tell whether that grew, or is never told."""
    with of_account(row.user_id), transaction.atomic():
        now = Authenticator.objects.select_for_update().filter(pk=row.pk).first()
        if now is None or (counter <= now.data["counter"] and (counter, now.data["counter"]) != (0, 0)):
            return False
        now.data["counter"], now.last_used_at = counter, at
        now.save(update_fields=["data", "last_used_at"])
    return True
