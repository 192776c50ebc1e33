"""Content that is damaged is replaced by its spare copy, wherever that can be put."""

from __future__ import annotations

import random
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from yibao_desktop.errors import DataError
from yibao_desktop.paths import Paths
from yibao_desktop.store.checksum import checksum_file, digest, stored_digest
from yibao_desktop.store.content_file import open_content, spare_file, write_companions


@pytest.fixture
def installed(bundle, tmp_path) -> Path:
    """A content database of the test's own, with what travels with it."""
    source = Paths(bundle, bundle).content_database
    for path in (source, checksum_file(source), spare_file(source)):
        shutil.copy(path, tmp_path)
    return tmp_path / source.name


@pytest.fixture
def cache(tmp_path) -> Path:
    return tmp_path / "缓存"


def opened(installed: Path, cache: Path) -> DataError | None:
    repository, reason = open_content(installed, cache)
    with closing(repository):
        repository.verify()
        assert repository.page("card-replacement") is not None
    return reason


def test_sound_content_is_used_as_it_is(installed, cache):
    assert opened(installed, cache) is None
    assert not cache.exists()
    checked = subprocess.run(
        ["sha256sum", "-c", checksum_file(installed).name], cwd=installed.parent, check=False
    )
    assert checked.returncode == 0


@pytest.mark.parametrize("seed", range(20))
def test_sixteen_bytes_anywhere_are_noticed(installed, cache, seed):
    data = bytearray(installed.read_bytes())
    place = random.Random(seed).randrange(len(data) - 16)
    data[place : place + 16] = random.Random(seed + 1000).randbytes(16)
    installed.write_bytes(data)
    assert "坏了" in str(opened(installed, cache))
    (unpacked,) = cache.iterdir()
    assert digest(unpacked) == stored_digest(installed)
    assert opened(installed, cache) is not None  # what was unpacked is used again
    unpacked.write_bytes(data)  # damaged in the same place, which SQLite may not notice
    assert opened(installed, cache) is not None
    assert digest(unpacked) == stored_digest(installed)


@pytest.mark.parametrize("fault", ["missing", "empty", "folder"])
def test_content_that_is_not_there_comes_from_the_spare_copy(installed, cache, fault):
    installed.unlink()
    if fault == "empty":
        installed.touch()
    elif fault == "folder":
        installed.mkdir()
    assert opened(installed, cache) is not None


def test_nothing_can_be_written_at_all(installed, tmp_path):
    installed.write_bytes(b"spoilt")
    (tmp_path / "file").touch()
    assert opened(installed, tmp_path / "file" / "cache") is not None


def test_without_a_checksum_the_spare_copy_says_what_is_right(installed, cache):
    checksum_file(installed).unlink()
    assert opened(installed, cache) is None
    data = bytearray(installed.read_bytes())
    data[5000:5016] = random.Random(1).randbytes(16)
    installed.write_bytes(data)
    assert opened(installed, cache) is not None


def test_a_spoilt_spare_copy_does_no_harm_while_it_is_not_needed(installed, cache):
    spare_file(installed).write_bytes(b"spoilt")
    assert opened(installed, cache) is None
    installed.write_bytes(b"spoilt")
    with pytest.raises(DataError, match="备用") as caught:
        open_content(installed, cache)
    assert "重新安装" in caught.value.hint


def test_an_earlier_edition_in_the_cache_is_cleared_away(installed, cache):
    cache.mkdir()
    (cache / "content-0123456789abcdef.sqlite3").write_bytes(b"old")
    installed.write_bytes(b"spoilt")
    assert opened(installed, cache) is not None
    assert len(list(cache.iterdir())) == 1


def test_the_same_content_gives_the_same_files(installed):
    before = spare_file(installed).read_bytes(), checksum_file(installed).read_bytes()
    write_companions(installed)
    assert (spare_file(installed).read_bytes(), checksum_file(installed).read_bytes()) == before
