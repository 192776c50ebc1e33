"""``yibao pack``: from a key to an installed pack and back, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.data.packs import installed_ids, made_pack, walk_back, walk_in


@pytest.fixture
def yibao(run):
    def call(*arguments: str) -> str:
        code, out, err = run(*arguments)
        assert (code, err) == (0, "")
        return out

    return call


@pytest.mark.slow
def test_a_pack_is_made_looked_at_installed_taken_back_and_removed(yibao, tmp_path):
    walk_in(yibao, tmp_path)
    walk_back(yibao)


@pytest.mark.slow
def test_what_is_not_trusted_or_not_whole_is_refused_and_changes_nothing(
    run, yibao, tmp_path: Path
):
    file, digits = made_pack(yibao, tmp_path)
    assert "第 1 版" in yibao("pack", "check", str(file))
    for trust in ((), ("--trust", digits[:-1]), ("--trust", digits[::-1] + "1")):
        code, out, err = run("pack", "install", str(file), *trust)
        assert (code, out) == (2, "")
        assert digits in err
    altered = tmp_path / "改过.yibaopack"
    whole = file.read_bytes()
    altered.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    for command in ("check", "install"):
        assert run("pack", command, str(altered))[0] == 1
        assert run("pack", command, str(tmp_path / "没有.yibaopack"))[0] in (1, 2)
    assert installed_ids(yibao) == []
    assert "没有装内容包" in yibao("pack", "list")


def test_wrong_use_is_told(run, tmp_path: Path):
    for arguments, said in (
        (("pack",), "少写了：命令"),
        (("pack", "--json", "list"), "不认识：--json"),
        (("pack", "remove", "chunshui"), "没有装"),
        (("pack", "rollback"), "没有上一版"),
        (("pack", "key", str(tmp_path / "k"), "--password-file", str(tmp_path / "没有")), "密码"),
    ):
        code, out, err = run(*arguments)
        assert (code, out) == (2, "")
        assert said in err
    assert not (tmp_path / "k").exists()


@pytest.mark.slow
def test_a_faulty_folder_makes_no_pack(run, yibao, tmp_path: Path):
    file, _ = made_pack(yibao, tmp_path)
    (tmp_path / "空").mkdir()
    secret = ("--key", str(tmp_path / "密钥"), "--password-file", str(tmp_path / "密码"))
    out = tmp_path / "坏.yibaopack"
    code, printed, err = run("pack", "make", str(tmp_path / "空"), *secret, "--out", str(out))
    assert (code, printed) == (1, "")
    assert "pack.yaml" in err
    assert not out.exists()
    assert json.loads(yibao("pack", "check", str(file), "--json"))["serial"] == 1
