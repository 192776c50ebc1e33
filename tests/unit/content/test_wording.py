"""The guide's sentences are our own: facts carry over from the documents, wording does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

DOCUMENTS = ROOT.parent / "shared" / "seeds"
RUN = 18
"""So many characters in a row, punctuation aside, are taken over and not chance."""

NOT_OURS = re.compile(r"\d{3}#|^\s*title:|# verbatim")
"""Source keys, titles that are the question itself, and lines marked as quoted."""

LABEL = re.compile(r"`[^`]*`")


def characters(text: str) -> str:
    return re.sub(r"[^\u4e00-\u9fff0-9]", "", text)


def prose() -> list[Path]:
    seeds = (ROOT / "seeds").rglob("*")
    return [
        *(p for p in seeds if p.suffix in (".md", ".yaml")),
        *ROOT.glob("yibao_desktop/**/*.py"),
    ]


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the source documents are not at hand")
def test_no_sentence_is_taken_over_from_a_document():
    texts = [characters(p.read_text(encoding="utf-8")) for p in sorted(DOCUMENTS.glob("*.txt"))]
    assert len(texts) == 5
    known = {text[i : i + RUN] for text in texts for i in range(len(text) - RUN + 1)}
    taken = []
    for path in prose():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            own = "" if NOT_OURS.search(line) else characters(LABEL.sub("", line))
            if any(own[i : i + RUN] in known for i in range(len(own) - RUN + 1)):
                taken.append(f"{path.relative_to(ROOT)}:{number} {line.strip()}")
    assert taken == []
