"""The only door to `cryptography`: Ed25519 keys (签名密钥) in PEM, as other programs write and read them too.

A signature by Ed25519 has no chance in it: the same key and the same words give the same bytes.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)


class UnfitKey(ValueError):
    """Not a key of the kind that is needed here; the word says why: private, public, other, passphrase."""


def new_key(passphrase: str = "") -> tuple[bytes, bytes]:
    """A new key: the private half, under a passphrase where one is given, and the public half."""
    key = Ed25519PrivateKey.generate()
    locked = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked)
    return private, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def sign(pem: bytes, message: bytes, passphrase: str = "") -> str:
    """The signature of a private key over these bytes, as hexadecimal digits."""
    return _private(pem, passphrase).sign(message).hex()


def public_of_private(pem: bytes, passphrase: str = "") -> str:
    """The public key that belongs to a private one, as hexadecimal digits."""
    return _hex(_private(pem, passphrase).public_key())


def public(pem: bytes) -> str:
    """The public key in a file, as hexadecimal digits. A private key is refused: it is not for handing round."""
    if b"PRIVATE KEY" in pem:
        raise UnfitKey("private")
    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        raise UnfitKey("other") from None
    if not isinstance(key, Ed25519PublicKey):
        raise UnfitKey("other")
    return _hex(key)


def holds(public_key: str, signature: str, message: bytes) -> bool:
    """Whether the owner of the public key has signed just these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _private(pem: bytes, passphrase: str) -> Ed25519PrivateKey:
    if b"PUBLIC KEY" in pem:
        raise UnfitKey("public")
    try:
        key = load_pem_private_key(pem, passphrase.encode() or None)
    except TypeError:  # locked and no passphrase given, or the other way round
        raise UnfitKey("passphrase") from None
    except (ValueError, UnsupportedAlgorithm):
        raise UnfitKey("passphrase" if b"ENCRYPTED" in pem else "other") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise UnfitKey("other")
    return key


def _hex(key: Ed25519PublicKey) -> str:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
