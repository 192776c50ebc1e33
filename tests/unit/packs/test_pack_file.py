"""The file of a pack: checked before it is opened, and never more than a pack may be."""

import io
import random
import zipfile
from pathlib import Path

import pytest

from yibao_desktop.content.problems import ContentError
from yibao_desktop.packs import pack_file
from yibao_desktop.packs.keys import SecretKey, sign
from yibao_desktop.packs.making import make_pack, signed_manifest
from yibao_desktop.packs.pack_file import PackRefused, read_pack, write_pack

KEY = SecretKey(b"12345678", bytes(range(32)))
MANIFEST = """\
id: chunshi
serial: 3
title: 春市内容包
publisher: 春市医保局
regions: ["229900"]
made_on: 2026-11-01
"""


def signed(body: bytes, trusted: str = "yibao-pack id=chunshi serial=3") -> bytes:
    first, _, last = sign(KEY, body, trusted)
    head = ["yibao-pack 1", KEY.public.text, "untrusted comment: yibao-pack", first]
    return "\n".join([*head, f"trusted comment: {trusted}", last, ""]).encode() + body


def zipped(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "answers").mkdir()
    (tmp_path / "pack.yaml").write_text(MANIFEST, encoding="utf-8")
    (tmp_path / "answers" / "local.yaml").write_text("answers: []\n", encoding="utf-8")
    return tmp_path


def test_a_pack_comes_back_as_it_was_made_and_always_the_same(folder: Path) -> None:
    data = make_pack(folder, KEY)
    pack = read_pack(data)
    assert data == make_pack(folder, KEY)
    assert pack.key == KEY.public
    assert dict(pack.files) == {"pack.yaml": MANIFEST, "answers/local.yaml": "answers: []\n"}
    manifest = signed_manifest(pack)
    assert (manifest.id, manifest.serial, manifest.publisher) == ("chunshi", 3, "春市医保局")


def test_an_altered_pack_is_never_accepted(folder: Path) -> None:
    whole = make_pack(folder, KEY)
    chance = random.Random(8)
    for _ in range(200):
        altered = bytearray(whole)
        place = chance.randrange(len(altered))
        match chance.randrange(4):
            case 0:
                altered[place] ^= 1 << chance.randrange(8)
            case 1:
                del altered[place:]
            case 2:
                altered.insert(place, chance.randrange(256))
            case _:
                del altered[place]
        if altered != whole:
            with pytest.raises(PackRefused):
                read_pack(bytes(altered))


def test_nothing_is_unpacked_before_the_signature_is_good(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = make_pack(folder, KEY)

    def never(*_: object) -> None:
        raise AssertionError("unpacked")

    monkeypatch.setattr(pack_file.zipfile, "ZipFile", never)
    with pytest.raises(PackRefused, match="签名不对"):
        read_pack(whole[:-1] + bytes([whole[-1] ^ 1]))


@pytest.mark.parametrize(
    "name",
    ["setup.py", "../pack.yaml", "/etc/passwd", "answers/x.exe", "pictures/a.png", "a/b/c.yaml"],
)
def test_a_signature_opens_no_door_for_other_files(name: str) -> None:
    with pytest.raises(PackRefused, match="不该有的文件"):
        read_pack(signed(zipped(**{"pack.yaml": MANIFEST.encode(), name: b"x"})))


def test_limits_hold_for_signed_packs_too() -> None:
    with pytest.raises(PackRefused, match="比 8 MB 还大"):
        read_pack(signed(b"x" * (8 << 20)))
    with pytest.raises(PackRefused, match="大于 32 MB"):
        read_pack(signed(zipped(**{f"answers/{n}.yaml": bytes(4 << 20) for n in range(9)})))
    with pytest.raises(PackRefused, match="多于 500 个"):
        read_pack(signed(zipped(**{f"answers/{n}.yaml": b"" for n in range(501)})))
    with pytest.raises(PackRefused, match="压缩文件坏了"):
        read_pack(signed(b"no zip at all"))
    with pytest.raises(PackRefused, match="不是 UTF-8"):
        read_pack(signed(zipped(**{"pack.yaml": b"\xff\xfe"})))


def test_a_signature_for_another_pack_or_edition_does_not_count() -> None:
    files = {"pack.yaml": MANIFEST.encode()}
    for pack, serial in (("chunshi", 4), ("other", 3)):
        read = read_pack(write_pack(files, pack, serial, KEY))
        with pytest.raises(PackRefused, match="不一样"):
            signed_manifest(read)
    with pytest.raises(PackRefused, match="不是给内容包做的"):
        read_pack(signed(zipped(**files), "timestamp:1700000000"))


def test_a_file_of_another_kind_or_a_newer_one_says_so() -> None:
    with pytest.raises(PackRefused, match="不是能用的内容包"):
        read_pack(b"PK\x03\x04")
    with pytest.raises(PackRefused) as newer:
        read_pack(b"yibao-pack 2\n")
    assert "先更新" in newer.value.hint


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("serial: 3", "serial: 0", "版次"),
        ("id: chunshi", "id: 春市", "小写字母"),
        ('["229900"]', "[]", "哪个地方"),
        ("made_on: 2026-11-01", "made_on: 2026-11-01\nvalid_until: 2026-10-01", "有效期"),
        ("title: 春市内容包\n", "", "少了“title”"),
    ],
)
def test_a_faulty_manifest_is_told_by_line(folder: Path, old: str, new: str, told: str) -> None:
    (folder / "pack.yaml").write_text(MANIFEST.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError) as error:
        make_pack(folder, KEY)
    assert told in str(error.value.problems[0])


def test_a_folder_with_anything_else_is_refused(folder: Path) -> None:
    (folder / "picture.png").write_bytes(b"x")
    with pytest.raises(PackRefused, match=r"picture\.png"):
        make_pack(folder, KEY)


def test_a_signed_pack_with_a_damaged_zip_is_refused_wherever_the_damage_is() -> None:
    body, chance = zipped(**{"pack.yaml": MANIFEST.encode()}), random.Random(5)
    refused = 0
    for _ in range(60):
        spoilt = bytearray(body)
        for _ in range(3):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        try:
            read_pack(signed(bytes(spoilt)))
        except PackRefused:
            refused += 1
    assert refused > 30
