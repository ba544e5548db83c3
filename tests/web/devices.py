"""What people sign in with besides a password: an app with one-time codes, and a passkey made of software."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from locutorio.actions import clock
from locutorio.store.factors import STEP, code_at

HERE = "http://127.0.0.1"
PRESENT_AND_VERIFIED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


@dataclass
class App:
    """An app with one-time codes. It gives no code twice, so it can be asked three times at one moment."""

    secret: str
    given: int = 0

    def code(self, at: datetime | None = None) -> str:
        """Give the next code that is right at a moment, now unless another is named."""
        now = int((at or clock.now()).timestamp()) // int(STEP.total_seconds())
        self.given = max(self.given + 1, now - 1)
        return code_at(self.secret, self.given)


@dataclass
class Passkey:
    """A passkey that a test holds in its hand. What it signs can be bent by the arguments of ``use``."""

    host: str = "127.0.0.1"
    origin: str = HERE
    counter: int = 0
    flags: AuthenticatorData.FLAG = PRESENT_AND_VERIFIED
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    handle: bytes = b""

    def make(self, options: dict[str, Any]) -> str:
        """Give what a browser sends that made it for an account."""
        asked = options["publicKey"]
        self.handle = websafe_decode(asked["user"]["id"])
        public = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]
        data = AuthenticatorData.create(
            sha256(self.host.encode()).digest(),
            self.flags | AuthenticatorData.FLAG.AT,
            self.counter,
            AttestedCredentialData.create(b"\0" * 16, self.id, public),
        )
        client = self._client("webauthn.create", asked["challenge"])
        made = AttestationObject.create("none", data, {})
        return self._sent({"clientDataJSON": client, "attestationObject": bytes(made)})

    def use(self, options: dict[str, Any], *, by: int = 1, origin: str = "", handle: bytes = b"") -> str:
        """Give what a browser sends that used it: ``by`` is how far its counter moves."""
        self.counter += by
        data = AuthenticatorData.create(sha256(self.host.encode()).digest(), self.flags, self.counter)
        client = self._client("webauthn.get", options["publicKey"]["challenge"], origin)
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._sent(
            {
                "clientDataJSON": client,
                "authenticatorData": bytes(data),
                "signature": signature,
                "userHandle": handle or self.handle,
            }
        )

    def _client(self, kind: str, challenge: str, origin: str = "") -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": origin or self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _sent(self, response: dict[str, bytes]) -> str:
        named = websafe_encode(self.id)
        return json.dumps(
            {
                "id": named,
                "rawId": named,
                "type": "public-key",
                "response": {name: websafe_encode(value) for name, value in response.items()},
                "clientExtensionResults": {},
            }
        )
