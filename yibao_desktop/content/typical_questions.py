"""What must hold of the questions people typically ask of each passage."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from yibao_desktop.content.loader import Seed, Seeds
from yibao_desktop.content.passages import searched
from yibao_desktop.content.problems import Problem
from yibao_desktop.content.yaml_reader import Path
from yibao_desktop.domain.guide.items import Kind

ENOUGH = {
    Kind.PROCEDURE: 12,
    Kind.ARTICLE: 12,
    Kind.ANSWER: 12,
    Kind.SECTION: 8,
    Kind.STEP: 4,
    Kind.TERM: 4,
}
"""So many questions a passage should have: what is narrow is asked for in fewer ways."""


@dataclass(frozen=True, slots=True)
class FewQuestions:
    """A passage with fewer typical questions than it should have."""

    item: str
    count: int
    wanted: int


def too_few(seeds: Seeds) -> list[FewQuestions]:
    """The passages with fewer questions than ``ENOUGH``, in the order of the seeds."""
    questions = seeds.asked()
    return [
        FewQuestions(found.item_id, count, ENOUGH[found.kind])
        for page in seeds.pages()
        for found in searched(page.value)
        if (count := len(questions.get(found.item_id, ()))) < ENOUGH[found.kind]
    ]


def question_problems(seeds: Seeds) -> Iterator[Problem]:
    """Questions of nothing, in another's file, none at all, or such as lead to two things."""
    files = {found.item_id: page.file for page in seeds.pages() for found in searched(page.value)}
    given: dict[str, Seed[Any]] = {}
    for seed in seeds.questions:
        item = seed.value.item
        if item not in files:
            yield seed.problem((), f"“{item}”不是能搜到的内容：页、小节、步骤、问答或名词的编号")
        elif _stem(files[item]) != _stem(seed.file):
            yield seed.problem(
                (),
                f"“{item}”写在 {files[item]}，它的问法请写到 questions/{_stem(files[item])}.yaml",
            )
        if not seed.value.questions:
            yield seed.problem((), f"“{item}”下面一句问法也没有")
        if item in given:
            yield seed.problem((), f"“{item}”的问法已经写在 {given[item].file} 里了")
        given.setdefault(item, seed)
    subjects: dict[str, Seed[Any]] = {}
    for subject in seeds.untreated:
        if subject.value.id in subjects:
            yield subject.problem(("id",), f"编号“{subject.value.id}”用了两次")
        if not subject.value.questions:
            yield subject.problem((), f"“{subject.value.title}”下面一句问法也没有")
        subjects[subject.value.id] = subject
    yield from _asked_twice(seeds)


def _stem(file: str) -> str:
    return PurePosixPath(file).stem


def _asked_twice(seeds: Seeds) -> Iterator[Problem]:
    """Questions that are asked of another passage, too, or are one of the names of a passage."""
    known = {
        _alike(name): found.item_id
        for page in seeds.pages()
        for found in searched(page.value)
        for name in found.names
    }
    asked: list[tuple[Seed[Any], Path, str, tuple[str, ...]]] = [
        *((seed, (), seed.value.item, seed.value.questions) for seed in seeds.questions),
        *((s, ("questions",), s.value.title, s.value.questions) for s in seeds.untreated),
    ]
    for seed, path, of, questions in asked:
        for index, question in enumerate(questions):
            alike = _alike(question)
            if not alike:
                yield seed.problem((*path, index), f"“{question}”里没有字")
            elif alike in known:
                yield seed.problem(
                    (*path, index), f"“{question}”已经是“{known[alike]}”的叫法或问法"
                )
            else:
                known[alike] = of


def _alike(text: str) -> str:
    """The characters of a question by which it is the same as another."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
