"""Signatures against the vectors of RFC 8032, and minisign's formats against minisign's own files."""

import shutil
import subprocess
from pathlib import Path

import pytest

from yibao_desktop.errors import UserError
from yibao_desktop.packs import ed25519
from yibao_desktop.packs.keys import (
    is_signed,
    new_key,
    read_public,
    read_secret,
    sign,
    write_secret,
)

VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
        "c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e"
        "458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290"
        "ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("secret", "public", "message", "signature"), VECTORS)
def test_the_vectors_of_the_standard(
    secret: str, public: str, message: str, signature: str
) -> None:
    seed, text = bytes.fromhex(secret), bytes.fromhex(message)
    assert ed25519.public_key(seed).hex() == public
    assert ed25519.sign(seed, text).hex() == signature
    assert ed25519.verify(bytes.fromhex(public), text, bytes.fromhex(signature))


def test_a_signature_holds_for_one_text_and_in_one_form() -> None:
    public, _, signature = (bytes.fromhex(part) for part in VECTORS[1][1:])
    order = 2**252 + 27742317777372353535851937790883648493
    again = int.from_bytes(signature[32:], "little") + order
    assert not ed25519.verify(public, b"\x73", signature)
    assert not ed25519.verify(public, b"\x72", signature[:32] + again.to_bytes(32, "little"))
    assert not ed25519.verify(public, b"\x72", b"\xff" * 32 + signature[32:])
    assert not ed25519.verify(public[:-1], b"\x72", signature)


def test_a_key_comes_back_with_its_password_and_with_no_other() -> None:
    secret = new_key()
    text = write_secret(secret, "四个 词 的 密码")
    assert read_secret(text, "四个 词 的 密码") == secret
    with pytest.raises(UserError, match="密码不对"):
        read_secret(text, "四个词的密码")
    with pytest.raises(UserError, match="不是签名用的密钥"):
        read_secret(f"untrusted comment: x\n{secret.public.text}\n", "")


def test_a_public_key_is_read_in_the_one_way_it_is_written() -> None:
    public = new_key().public
    assert read_public(public.text) == public
    assert read_public(public.text + " ") is None
    assert read_public("RW" + public.text[2:].lower()) != public


def test_the_digits_to_compare_are_five_groups_of_five_and_belong_to_the_key() -> None:
    one, other = new_key().public, new_key().public
    groups = one.fingerprint.split(" ")
    assert [len(group) for group in groups] == [5] * 5
    assert "".join(groups).isdigit()
    assert one.fingerprint != other.fingerprint


def test_what_was_signed_cannot_be_told_differently() -> None:
    secret = new_key()
    first, trusted, last = sign(secret, b"data", "id=x serial=1")
    assert is_signed(secret.public, b"data", (first, trusted, last))
    assert not is_signed(secret.public, b"Data", (first, trusted, last))
    assert not is_signed(secret.public, b"data", (first, "id=x serial=2", last))
    assert not is_signed(new_key().public, b"data", (first, trusted, last))


SIGNED_BY_MINISIGN = bytes.fromhex(
    "504b030414000000080000002100796a63520800000006000000090000007061636b2e79616d6ccb4cb152a8"
    "e00200504b0102140314000000080000002100796a63520800000006000000090000000000000000000000a4"
    "81000000007061636b2e79616d6c504b05060000000001000100370000002f0000000000"
)


def test_what_minisign_made_is_accepted() -> None:
    public = read_public("RWSnqt8hSIEwSMQbLnSss+p4RWwf9paOY3T0uDITf1DQjvIcw9Yi2ZJb")
    lines = (
        "RUSnqt8hSIEwSPdNfOQPmlrwqTRae1vHGHt7/QcavhZ8n7Jzy8nX0HkiyT4yl3h2QiH1kqTeq70wM3r40fJ8v0mb"
        "lSAQu2mJUQk=",
        "yibao-pack id=x serial=1",
        "iBcjK40/AYmKj3UsI/hSW6d3kjS/GIEBmajytW0ZLMF1nipc6vst9/OIzc5AXLqfFXeYBL0QBpLUkRyMqL/HDA==",
    )
    assert public is not None
    assert is_signed(public, SIGNED_BY_MINISIGN, lines)


@pytest.mark.skipif(shutil.which("minisign") is None, reason="apt-get install minisign")
def test_the_standard_tool_and_this_one_agree(tmp_path: Path) -> None:
    secret = new_key()
    (tmp_path / "data").write_bytes(b"data")
    (tmp_path / "my.key").write_text(write_secret(secret, "abc"))
    command = ["minisign", "-S", "-s", "my.key", "-m", "data", "-t", "id=x serial=1"]
    subprocess.run(command, cwd=tmp_path, input=b"abc\n", check=True, capture_output=True)
    lines = (tmp_path / "data.minisig").read_text().split("\n")
    ours = sign(secret, b"data", "id=x serial=1")
    assert (lines[1], lines[2].removeprefix("trusted comment: "), lines[3]) == ours
