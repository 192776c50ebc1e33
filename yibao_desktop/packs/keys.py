"""Keys and signatures in minisign's formats, so that its own tool can read and make them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import struct
from dataclasses import dataclass, field

from yibao_desktop.errors import UserError
from yibao_desktop.packs import ed25519

_SALT = b"yibao content pack key"
_GROUPS, _DIGITS = 5, 5
_COMMENT = "untrusted comment: "
_OPERATIONS, _MEMORY = 2**22, 2**27
"""What deriving a key from a password costs: N = 2^17, 128 MB and about half a second."""
_MOST_MEMORY = 2**30
"""minisign's own default."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key signatures are checked with.

    Attributes:
        number: eight bytes by which minisign tells keys apart; they prove nothing.
    """

    number: bytes
    key: bytes

    @property
    def text(self) -> str:
        """As minisign prints it, in one line."""
        return _written(b"Ed" + self.number + self.key)

    @property
    def fingerprint(self) -> str:
        """Five groups of five digits, to be compared by telephone.

        The hash is a slow one: whoever wants another key with the same digits has to pay it for
        every key tried.
        """
        digest = hashlib.scrypt(self.key, salt=_SALT, n=2**14, r=8, p=1, dklen=32)
        number = int.from_bytes(digest, "big") % 10 ** (_GROUPS * _DIGITS)
        digits = f"{number:0{_GROUPS * _DIGITS}d}"
        return " ".join(digits[i : i + _DIGITS] for i in range(0, len(digits), _DIGITS))


@dataclass(frozen=True, slots=True)
class SecretKey:
    """A key signatures are made with."""

    number: bytes
    seed: bytes = field(repr=False)

    @property
    def public(self) -> PublicKey:
        """What others need to check its signatures."""
        return PublicKey(self.number, ed25519.public_key(self.seed))


def new_key() -> SecretKey:
    """A key nobody else has."""
    return SecretKey(os.urandom(8), os.urandom(ed25519.SECRET_SIZE))


def read_public(text: str) -> PublicKey | None:
    """The key written in one line; None where the line is none, or not written in the one way."""
    data = _read(text, 42)
    return PublicKey(data[2:10], data[10:]) if data and data[:2] == b"Ed" else None


def sign(secret: SecretKey, data: bytes, trusted: str) -> tuple[str, str, str]:
    """Three lines: signature, trusted comment (one line), and the signature of both."""
    signature = ed25519.sign(secret.seed, _hashed(data))
    both = ed25519.sign(secret.seed, signature + trusted.encode())
    return _written(b"ED" + secret.number + signature), trusted, _written(both)


def is_signed(public: PublicKey, data: bytes, lines: tuple[str, str, str]) -> bool:
    """Whether the key signed these data and this comment."""
    first, last = _read(lines[0], 74), _read(lines[2], 64)
    if first is None or last is None or first[:10] != b"ED" + public.number:
        return False
    return ed25519.verify(public.key, _hashed(data), first[10:]) and ed25519.verify(
        public.key, first[10:] + lines[1].encode(), last
    )


def _hashed(data: bytes) -> bytes:
    return hashlib.blake2b(data).digest()


def _written(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _read(line: str, size: int) -> bytes | None:
    try:
        data = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if len(data) == size and _written(data) == line else None


def write_secret(secret: SecretKey, password: str) -> str:
    """The text of a key file, encrypted with the password."""
    salt = os.urandom(32)
    head = struct.pack("<2s2s2s32sQQ", b"Ed", b"Sc", b"B2", salt, _OPERATIONS, _MEMORY)
    plain = secret.number + secret.seed + secret.public.key
    plain += hashlib.blake2b(b"Ed" + plain, digest_size=32).digest()
    hidden = _masked(plain, password, salt, _OPERATIONS, _MEMORY)
    return f"{_COMMENT}yibao pack key, encrypted\n{_written(head + hidden)}\n"


def read_secret(text: str, password: str) -> SecretKey:
    """The key in the text of a key file.

    Raises:
        UserError: it is no such file, or the password is another.
    """
    lines = text.splitlines()
    data = _read(lines[1].strip(), 158) if len(lines) > 1 else None
    if data is None or data[:2] != b"Ed" or data[2:4] not in (b"Sc", b"\0\0"):
        raise UserError("这不是签名用的密钥文件。", "请选“.key”文件，不要选公钥。")
    _, kind, _, salt, operations, memory = struct.unpack("<2s2s2s32sQQ", data[:54])
    plain = data[54:]
    if kind == b"Sc":
        plain = _masked(plain, password, salt, operations, memory)
    number, seed, public, told = plain[:8], plain[8:40], plain[40:72], plain[72:]
    expected = hashlib.blake2b(b"Ed" + plain[:72], digest_size=32).digest()
    if told != expected or ed25519.public_key(seed) != public:
        raise UserError("密钥的密码不对。", "请再输一次；密码忘了就只能换一把新的密钥。")
    return SecretKey(number, seed)


def _masked(data: bytes, password: str, salt: bytes, operations: int, memory: int) -> bytes:
    """The data under a mask made of the password; the same again takes it off."""
    n, p = _costs(operations, memory)
    mask = hashlib.scrypt(
        password.encode(), salt=salt, n=n, r=8, p=p, maxmem=n * 1024 + 2**22, dklen=len(data)
    )
    return bytes(a ^ b for a, b in zip(data, mask, strict=True))


def _costs(operations: int, memory: int) -> tuple[int, int]:
    """Scrypt's N and p as libsodium picks them for limits of operations and memory."""
    if memory > _MOST_MEMORY or operations > 2**26:
        raise UserError("这个密钥文件要的内存太多，打不开。", "请用 yibao pack key 另做一把。")
    operations = max(operations, 32768)
    by_memory = operations >= memory // 32
    most = memory // 1024 if by_memory else operations // 32
    n = 1 << max((most // 2).bit_length(), 1)
    return n, max(operations // 4 // n // 8, 1) if by_memory else 1
