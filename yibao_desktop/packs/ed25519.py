"""Ed25519 signatures as RFC 8032, 5.1 has them, in plain Python.

A check takes some ten milliseconds and happens once per pack, so that old systems need no compiled
library for it. Nothing here runs in constant time: secret keys are used only where a pack is made,
by whoever holds them, and never at anybody else's request.
"""

from __future__ import annotations

import hashlib

SECRET_SIZE = PUBLIC_SIZE = 32
SIGNATURE_SIZE = 64

_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)
"""A square root of -1."""

_Point = tuple[int, int, int, int]
"""Extended homogeneous coordinates X, Y, Z, T with x = X/Z, y = Y/Z, x·y = T/Z."""

_NEUTRAL: _Point = (0, 1, 1, 0)


def public_key(secret: bytes) -> bytes:
    """The public key of a secret one, 32 bytes each."""
    return _packed(_times(_expanded(secret)[0], _BASE))


def sign(secret: bytes, message: bytes) -> bytes:
    """The signature of a message, 64 bytes; the same message always gets the same."""
    scalar, prefix = _expanded(secret)
    public = _packed(_times(scalar, _BASE))
    nonce = _number(prefix, message) % _ORDER
    point = _packed(_times(nonce, _BASE))
    proof = (nonce + _number(point, public, message) * scalar) % _ORDER
    return point + proof.to_bytes(32, "little")


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the holder of the key signed exactly this message."""
    if len(public) != PUBLIC_SIZE or len(signature) != SIGNATURE_SIZE:
        return False
    key, point = _unpacked(public), _unpacked(signature[:32])
    proof = int.from_bytes(signature[32:], "little")
    if key is None or point is None or proof >= _ORDER:
        return False
    challenge = _number(signature[:32], public, message) % _ORDER
    return _equal(_times(proof, _BASE), _sum(point, _times(challenge, key)))


def _number(*parts: bytes) -> int:
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little")


def _expanded(secret: bytes) -> tuple[int, bytes]:
    """The scalar of a secret key and what its nonces are made of."""
    digest = hashlib.sha512(secret).digest()
    scalar = int.from_bytes(digest[:32], "little")
    return scalar & ((1 << 254) - 8) | (1 << 254), digest[32:]


def _sum(first: _Point, second: _Point) -> _Point:
    a = (first[1] - first[0]) * (second[1] - second[0]) % _P
    b = (first[1] + first[0]) * (second[1] + second[0]) % _P
    c = 2 * first[3] * second[3] * _D % _P
    d = 2 * first[2] * second[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(number: int, point: _Point) -> _Point:
    result = _NEUTRAL
    while number:
        if number & 1:
            result = _sum(result, point)
        point = _sum(point, point)
        number >>= 1
    return result


def _equal(first: _Point, second: _Point) -> bool:
    same_x = (first[0] * second[2] - second[0] * first[2]) % _P == 0
    return same_x and (first[1] * second[2] - second[1] * first[2]) % _P == 0


def _packed(point: _Point) -> bytes:
    inverse = pow(point[2], -1, _P)
    x, y = point[0] * inverse % _P, point[1] * inverse % _P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _unpacked(data: bytes) -> _Point | None:
    """The point these bytes stand for; None where they stand for none, or not in the one way."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    x = _x_of(y, sign) if y < _P else None
    return None if x is None else (x, y, 1, x * y % _P)


def _x_of(y: int, sign: int) -> int | None:
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    if square == 0:
        return None if sign else 0
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if (x * x - square) % _P:
        return None
    return _P - x if x & 1 != sign else x


def _base() -> _Point:
    y = 4 * pow(5, -1, _P) % _P
    x = _x_of(y, 0)
    assert x is not None
    return x, y, 1, x * y % _P


_BASE = _base()
