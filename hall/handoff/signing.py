"""Keys and signatures: requests to the back office (RFC 9421 with Content-Digest, RFC 9530, Ed25519), pushed
feedback (Standard Webhooks), receipts.

Keys are rotated without a gap: a setting may hold two, the first signs, both are accepted. A key's id is the
beginning of its thumbprint (RFC 7638), so both sides name a key alike without agreeing on names.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from filelock import FileLock
from http_message_signatures import HTTPMessageSigner, HTTPMessageVerifier, MappingKeyResolver, algorithms
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from hall.settings import settings

COVERED = ("@method", "@target-uri", "content-digest", "idempotency-key")
TOLERANCE = timedelta(minutes=5)
"""How far the two clocks may differ; a signature is taken this long before and twice as long after its moment."""
_PEM_END = "-----END PRIVATE KEY-----"


@dataclass(frozen=True)
class Signer:
    """Signs requests with a key; each signature has a nonce of its own."""

    key: Ed25519PrivateKey

    def sign(self, request: Any, body: bytes, created: datetime | None = None) -> None:
        """Adds Content-Digest and the signature to a request that has an Idempotency-Key."""
        name = key_id(self.key.public_key())
        keys = MappingKeyResolver(public_keys={}, private_keys={name: self.key})
        signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=keys)
        signer.sign(request, key_id=name, covered_component_ids=COVERED, body=body, label="sig1",
                    created=created or datetime.now(UTC), nonce=secrets.token_urlsafe(18))  # fmt: skip


class _Verifier(HTTPMessageVerifier):
    max_clock_skew = TOLERANCE


def verify(request: Any, keys: Iterable[Ed25519PublicKey], body: bytes) -> str:
    """The nonce of a request that one of the keys signed, lately, as it stands.

    HTTPMessageSignaturesException otherwise. Whoever takes the request must refuse a nonce that came before.
    """
    known = MappingKeyResolver(public_keys={key_id(key): key for key in keys}, private_keys={})
    verifier = _Verifier(signature_algorithm=algorithms.ED25519, key_resolver=known)
    result = verifier.verify(request, body=body, max_age=TOLERANCE, require_components=COVERED)
    return str(result[0].nonce or "")


def verify_push(body: bytes, headers: Mapping[str, str]) -> Any:
    """The JSON of pushed feedback; WebhookVerificationError unless one of the secrets signed it within five minutes."""
    error: Exception = WebhookVerificationError("No secret.")
    for secret in webhook_secrets():
        try:
            return Webhook(secret).verify(body, dict(headers))
        except WebhookVerificationError as refused:
            error = refused
        except ValueError as refused:  # not UTF-8, not base64, not JSON
            error = WebhookVerificationError(str(refused))
    raise error


def key_id(key: Ed25519PublicKey) -> str:
    """The first 16 characters of the key's thumbprint (RFC 7638)."""
    text = json.dumps(public_jwk(key), sort_keys=True, separators=(",", ":"))
    return _base64url(hashlib.sha256(text.encode()).digest())[:16]


def public_jwk(key: Ed25519PublicKey) -> dict[str, str]:
    """The key as a JSON Web Key (RFC 8037)."""
    return {"crv": "Ed25519", "kty": "OKP", "x": _base64url(key.public_bytes_raw())}


def jwks(keys: Iterable[Ed25519PrivateKey]) -> dict[str, Any]:
    """The public halves as a JSON Web Key Set."""
    public = [key.public_key() for key in keys]
    return {"keys": [{**public_jwk(key), "kid": key_id(key), "alg": "EdDSA", "use": "sig"} for key in public]}


def read_jwks(text: str) -> dict[str, Ed25519PublicKey]:
    """The keys of a JSON Web Key Set by key id; ValueError when it isn't one."""
    try:
        rows = json.loads(text)["keys"]
        keys = [Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(row["x"] + "==")) for row in rows]
    except (KeyError, TypeError) as error:
        raise ValueError("not a JSON Web Key Set") from error
    return {key_id(key): key for key in keys}


def private_keys() -> list[Ed25519PrivateKey]:
    """The keys that sign requests, the one in use first; without a setting, a demonstration key."""
    return _keys("HALL_BACKOFFICE_KEY", settings().backoffice_key.get_secret_value(), "demonstration.key")


def private_key() -> Ed25519PrivateKey:
    """The key that signs requests now."""
    return private_keys()[0]


def receipt_keys() -> list[Ed25519PrivateKey]:
    """The keys that sign receipts, the one in use first; without a setting, a demonstration key."""
    return _keys("HALL_RECEIPT_KEY", settings().receipt_key.get_secret_value(), "demonstration.receipt.key")


def webhook_secrets() -> list[str]:
    """The secrets of pushed feedback, separated by spaces in the setting; without it, a demonstration secret."""
    given = settings().webhook_secret.get_secret_value().split()
    return given or [
        _made_once("demonstration.webhook", lambda: "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode())
    ]


def _keys(setting: str, given: str, demonstration: str) -> list[Ed25519PrivateKey]:
    text = given or _made_once(demonstration, _new_pem)
    blocks = [block.strip() + "\n" + _PEM_END for block in text.split(_PEM_END) if block.strip()]
    keys = [serialization.load_pem_private_key(block.encode(), None) for block in blocks]
    found = [key for key in keys if isinstance(key, Ed25519PrivateKey)]
    if not found or len(found) != len(keys):
        raise ValueError(f"{setting} must hold Ed25519 private keys in PEM.")
    return found


def _new_pem() -> str:
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()  # fmt: skip


def _made_once(name: str, make: Any) -> str:
    """What the demonstration uses, kept in the data directory for its owner only."""
    path: Path = settings().data_dir / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_name(f"{name}.lock")):
        if not path.exists() or not path.read_text():
            path.touch(mode=0o600)
            path.write_text(make())
    return path.read_text()


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
