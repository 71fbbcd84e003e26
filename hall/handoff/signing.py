"""Signatures of requests to the back office: RFC 9421 with Content-Digest (RFC 9530), Ed25519."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from filelock import FileLock
from http_message_signatures import HTTPMessageSigner, HTTPMessageVerifier, MappingKeyResolver, algorithms

from hall.settings import settings

KEY_ID = "hall"
COVERED = ("@method", "@target-uri", "content-digest", "idempotency-key")


def private_key() -> Ed25519PrivateKey:
    """The key of the settings; without one, a demonstration key made once in the data directory."""
    given = settings().backoffice_key.get_secret_value()
    pem = given.encode() if given else _demonstration_key(settings().data_dir)
    key = serialization.load_pem_private_key(pem, None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("HALL_BACKOFFICE_KEY must be an Ed25519 private key in PEM.")
    return key


def sign(request: Any, key: Ed25519PrivateKey, body: bytes) -> None:
    """Adds Content-Digest and the signature to a request that has an Idempotency-Key."""
    keys = MappingKeyResolver(public_keys={}, private_keys={KEY_ID: key})
    signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=keys)
    signer.sign(request, key_id=KEY_ID, covered_component_ids=COVERED, body=body)


def verify(request: Any, key: Ed25519PublicKey, body: bytes) -> None:
    """Raises HTTPMessageSignaturesException unless the request was signed by the key, lately, as it stands."""
    keys = MappingKeyResolver(public_keys={KEY_ID: key}, private_keys={})
    verifier = HTTPMessageVerifier(signature_algorithm=algorithms.ED25519, key_resolver=keys)
    verifier.verify(request, body=body, max_age=timedelta(minutes=5), require_components=COVERED)


def _demonstration_key(directory: Path) -> bytes:
    path = directory / "demonstration.key"
    directory.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_suffix(".lock")):
        if not path.exists():
            pem = Ed25519PrivateKey.generate().private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            path.touch(mode=0o600)
            path.write_bytes(pem)
    return path.read_bytes()
