"""What a text means, as a direction: texts that mean much the same point much the same way.

The model is Google's universal-sentence-encoder-multilingual v3 (DAN and CNN), cut down to what
Chinese questions need; ``build_spec/make_meaning.py`` makes the file. A text is cut into the
likeliest pieces, each has a vector, three convolutions look at two, three and five neighbours, and
what comes out is averaged and sent through a small network.
"""

from __future__ import annotations

import math
import os
import struct
import zipfile
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO, Literal

import numpy as np

from yibao_desktop.errors import DataError
from yibao_desktop.search.steps import Numbers, Stepped, Vectors

_UNKNOWN, _BEGIN, _END = 0, 1, 2
_BRANCHES = ((2, 0), (3, 1), (5, 2))
"""How many neighbours each convolution looks at, and how many of them stand before."""

_WIDTH = 256
"""Numbers a convolution gives for each piece."""

_WORSE_THAN_ANY = 10.0
"""What a character that is no piece costs more than the rarest piece, in logarithms of odds."""

_STEPS = "_steps"
"""Ends the name of what the columns of a matrix are counted in, where that is not 1."""

_LARGE = 64 * 1024
"""What takes so many bytes in the file stays there until it is looked at."""

_NAME_LENGTHS = 26
"""Place of the lengths of a file's two names in what stands before it in a zip archive."""

_AT_ONCE = 32
"""So many texts go through the network together; more gain nothing and take memory."""


class Encoder:
    """Turns normalised texts into directions.

    Attributes:
        version: changes whenever the directions of the same texts do.
        size: how many numbers a direction has.
    """

    def __init__(self, path: Path) -> None:
        """Read the model.

        Raises:
            DataError: the file is missing or is not what was shipped.
        """
        try:
            with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
                parts: dict[str, Any] = _mapped(opened)
                parts |= {name: file[name] for name in file.files if name not in parts}
            pieces = parts.pop("pieces").tobytes().decode().split("\n")
            scores = array("f", parts.pop("scores").tobytes())
            self.version = str(parts.pop("version"))
            self._table = parts.pop("table")
            counted = {name for name in parts if name + _STEPS in parts}
            parts |= {name: Stepped(parts[name], parts[name + _STEPS]) for name in counted}
            self._parts = parts
            self.size = parts["axes"].shape[1]
        except (OSError, EOFError, ValueError, LookupError, zipfile.BadZipFile) as error:
            raise _unreadable(path) from error
        self._path = path
        self._pieces = {piece: number for number, piece in enumerate(pieces)}
        self._scores = scores
        self._longest = max(map(len, pieces))
        self._unknown_score = min(scores) - _WORSE_THAN_ANY

    def verify(self) -> None:
        """Read what is otherwise read only as far as it is needed.

        Raises:
            DataError: the file is not what was shipped.
        """
        try:
            with zipfile.ZipFile(self._path) as file:
                spoilt = file.testzip()
        except (OSError, zipfile.BadZipFile) as error:
            raise _unreadable(self._path) from error
        if spoilt:
            raise _unreadable(self._path)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """A unit vector for each normalised text, one a row."""
        rows = [np.zeros((0, self.size), np.float32)]
        for start in range(0, len(texts), _AT_ONCE):
            rows.append(self._directions([self._cut(t) for t in texts[start : start + _AT_ONCE]]))
        return np.concatenate(rows)

    def _cut(self, text: str) -> list[int]:
        """Numbers of the likeliest pieces of a text, between the signs for its ends."""
        spaced = f"▁{text.replace(' ', '▁')}"
        size = len(spaced)
        best = [0.0, *[float("-inf")] * size]
        came: list[tuple[int, int]] = [(0, _UNKNOWN)] * (size + 1)
        for start in range(size):
            for end in range(start + 1, min(size, start + self._longest) + 1):
                piece = self._pieces.get(spaced[start:end])
                if piece is None and end > start + 1:
                    continue
                score = self._unknown_score if piece is None else self._scores[piece]
                if best[start] + score > best[end]:
                    best[end] = best[start] + score
                    came[end] = start, _UNKNOWN if piece is None else piece
        backwards = [_END]
        end = size
        while end:
            end, piece = came[end]
            backwards.append(piece)
        return [_BEGIN, *reversed(backwards)]

    def _directions(self, texts: Sequence[Sequence[int]]) -> Vectors:
        lengths = np.array([len(text) for text in texts])
        starts = np.concatenate(([0], lengths.cumsum()[:-1]))
        features = self._features(np.concatenate(texts), starts, lengths)
        part = self._parts
        sums = np.add.reduceat(features, starts, axis=0)
        counts = lengths[:, None].astype(np.float32)
        mean = (sums @ part["output"] + counts * part["output_bias"]) / np.sqrt(counts)
        hidden = _positive(mean @ part["p1"] + _positive(mean @ part["d0"]) @ part["d1"])
        out = np.tanh(hidden @ part["p3"] + _positive(hidden @ part["d2"]) @ part["d3"])
        return unit((unit(out) - part["mean"]) @ part["axes"])

    def _features(self, pieces: Numbers, starts: Numbers, lengths: Numbers) -> Vectors:
        """For each piece its own vector and what the convolutions make of its neighbours."""
        part = self._parts
        own = self._table[pieces] * part["scale"][pieces, None] + part["lowest"][pieces, None]
        near = own @ part["projection"] + part["projection_bias"]
        near = self._levelled(near, part["branch_gain"], part["branch_shift"])
        found = [own]
        for branch, (count, before) in enumerate(_BRANCHES):
            window = _window(starts, lengths, count, before)
            given = near[:, branch * _WIDTH : (branch + 1) * _WIDTH]
            first = given + _positive(self._convolved(given, window, f"first_{count}"))
            found.append(first + _positive(self._convolved(first, window, f"second_{count}")))
        return self._levelled(np.concatenate(found, axis=1), part["gain"], part["shift"])

    def _convolved(self, given: Vectors, window: Numbers, name: str) -> Vectors:
        padded = np.concatenate((given, np.zeros((1, given.shape[1]), np.float32)))
        beside = padded[window].reshape(len(given), -1)
        result: Vectors = beside @ self._parts[name] + self._parts[f"{name}_bias"]
        return result

    def _levelled(self, rows: Vectors, gain: Vectors, shift: Vectors) -> Vectors:
        """Each row with mean 0 and variance 1, then scaled and moved as was learnt."""
        rows = rows - rows.mean(axis=1, keepdims=True)
        variance = (rows * rows).mean(axis=1, keepdims=True)
        levelled: Vectors = rows / np.sqrt(variance + self._parts["epsilon"]) * gain + shift
        return levelled


def _unreadable(path: Path) -> DataError:
    return DataError(f"认意思用的文件读不出来：{path}。", "请重新安装医保指南。")


def _mapped(archive: BinaryIO) -> dict[str, Numbers]:
    """What is large in an uncompressed ``.npz``, as it lies there: only what is looked at is read.

    Raises:
        ValueError, EOFError, zipfile.BadZipFile: it cannot be used so.
    """
    with zipfile.ZipFile(archive) as packed:
        entries = [entry for entry in packed.infolist() if entry.file_size >= _LARGE]
    whole = np.memmap(archive, np.uint8, "r")
    found = {}
    for entry in entries:
        if entry.compress_type != zipfile.ZIP_STORED:
            raise zipfile.BadZipFile(f"{entry.filename} is compressed")
        archive.seek(entry.header_offset + _NAME_LENGTHS)
        archive.seek(sum(struct.unpack("<2H", archive.read(4))), os.SEEK_CUR)
        np.lib.format.read_magic(archive)
        shape, by_columns, kind = np.lib.format.read_array_header_1_0(archive)
        order: Literal["C", "F"] = "F" if by_columns else "C"
        start = archive.tell()
        part = np.asarray(whole[start : start + math.prod(shape) * kind.itemsize])
        found[entry.filename.removesuffix(".npy")] = part.view(kind).reshape(shape, order=order)
    return found


def unit(rows: Vectors) -> Vectors:
    """Each row with length 1; a row of zeros stays one."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    result: Vectors = rows / np.where(lengths > 0, lengths, 1)
    return result


def _positive(values: Vectors) -> Vectors:
    return np.maximum(values, 0)


def _window(starts: Numbers, lengths: Numbers, count: int, before: int) -> Numbers:
    """Rows of the neighbours of each piece; the row after the last stands for none in its text."""
    total = int(lengths.sum())
    rows = np.arange(total)[:, None] + np.arange(-before, count - before)
    first, behind = (
        np.repeat(starts, lengths)[:, None],
        np.repeat(starts + lengths, lengths)[:, None],
    )
    return np.where((rows >= first) & (rows < behind), rows, total)
