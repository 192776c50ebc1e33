"""The sample pack, taken through ``yibao pack`` as people and scripts take it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).parents[2] / "build_spec" / "samples" / "chunshui"
PAGE, ITS_PAGE = "card-replacement", "chunshui--card-desk"

Yibao = Callable[..., str]
"""Runs ``yibao`` with some arguments, sees that it ends well, and gives what it printed."""


def made_pack(yibao: Yibao, folder: Path) -> tuple[Path, str]:
    """The sample, signed with a new key; its file, and the digits to compare."""
    key, password = folder / "密钥", folder / "密码"
    password.write_text("出门要带身份证\n", encoding="utf-8")
    secret = ("--password-file", str(password))
    digits = json.loads(yibao("pack", "key", str(key), *secret, "--json"))["fingerprint"]
    file = folder / "春水.yibaopack"
    make = ("pack", "make", str(SAMPLE), "--key", str(key), "--out", str(file))
    made = json.loads(yibao(*make, *secret, "--json"))
    assert (made["id"], made["serial"]) == ("chunshui", 1)
    return file, digits


def installed_ids(yibao: Yibao) -> list[str]:
    """What ``yibao pack list`` names."""
    listed: list[dict[str, Any]] = json.loads(yibao("pack", "list", "--json"))["packs"]
    return [pack["id"] for pack in listed]


def walk_in(yibao: Yibao, folder: Path) -> None:
    """From a key to an installed pack: all of it that keys, signatures and processes are for."""
    file, digits = made_pack(yibao, folder)
    look = json.loads(yibao("pack", "check", str(file), "--json"))
    assert (look["verdict"], look["fingerprint"]) == ("first", digits)
    assert look["new"] == ["春水市在哪里补医保卡"]
    assert installed_ids(yibao) == []
    yibao("pack", "install", str(file), "--trust", digits)
    assert installed_ids(yibao) == ["chunshui"]
    assert json.loads(yibao("show", ITS_PAGE, "--json"))["origin"] != "guide"
    assert "15 个工作日" in yibao("show", PAGE)


def walk_back(yibao: Yibao) -> None:
    """From an installed pack back, forward again, and without it."""
    yibao("pack", "rollback")
    assert installed_ids(yibao) == []
    assert "15 个工作日" not in yibao("show", PAGE)
    yibao("pack", "rollback")
    yibao("pack", "rebuild")
    assert installed_ids(yibao) == ["chunshui"]
    yibao("pack", "remove", "chunshui")
    assert installed_ids(yibao) == []
