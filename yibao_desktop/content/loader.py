"""Reads the seeds folder into domain objects that remember where they were written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Generic, TypeVar

from yibao_desktop.content import schema
from yibao_desktop.content.article_file import read_article
from yibao_desktop.content.problems import ContentError, Mistake, Problem
from yibao_desktop.content.version import NOTES
from yibao_desktop.content.yaml_reader import Located, read_yaml
from yibao_desktop.content.yaml_reader import Path as DataPath
from yibao_desktop.domain.guide.doubts import Doubt
from yibao_desktop.domain.guide.items import Answer, Article, FrequentQuestion, Region, Term, Topic
from yibao_desktop.domain.guide.sources import Source, SourceDocument
from yibao_desktop.domain.guide.untreated import UntreatedSubject
from yibao_desktop.domain.packs.local import LocalChange
from yibao_desktop.domain.packs.manifest import Manifest
from yibao_desktop.domain.procedure.model import Procedure

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seed(Generic[T]):
    """A domain object and the place it was written at."""

    value: T
    file: str
    located: Located
    path: DataPath = ()

    def problem(self, path: DataPath, message: str) -> Problem:
        """A problem at a path within the object."""
        return Problem(self.file, self.located.line((*self.path, *path)), message)


@dataclass(frozen=True, slots=True)
class TypicalQuestions:
    """What people ask when the passage with this id is the answer."""

    item: str
    questions: tuple[str, ...]


@dataclass(slots=True)
class Seeds:
    """Everything read from the seeds folder.

    Attributes:
        packs: the content packs laid over it, if any.
        local_changes: what they changed in its pages.
    """

    topics: list[Seed[Topic]] = field(default_factory=list)
    regions: list[Seed[Region]] = field(default_factory=list)
    documents: list[Seed[SourceDocument]] = field(default_factory=list)
    sources: list[Seed[Source]] = field(default_factory=list)
    articles: list[Seed[Article]] = field(default_factory=list)
    procedures: list[Seed[Procedure]] = field(default_factory=list)
    answers: list[Seed[Answer]] = field(default_factory=list)
    terms: list[Seed[Term]] = field(default_factory=list)
    doubts: list[Seed[Doubt]] = field(default_factory=list)
    frequent: list[Seed[FrequentQuestion]] = field(default_factory=list)
    questions: list[Seed[TypicalQuestions]] = field(default_factory=list)
    untreated: list[Seed[UntreatedSubject]] = field(default_factory=list)
    packs: list[Manifest] = field(default_factory=list)
    local_changes: list[LocalChange] = field(default_factory=list)

    def pages(self) -> Iterator[Seed[Article] | Seed[Procedure] | Seed[Answer] | Seed[Term]]:
        """Everything that is a page of its own."""
        yield from self.procedures
        yield from self.articles
        yield from self.answers
        yield from self.terms

    def extend(self, other: Seeds) -> None:
        """Take in everything another folder holds."""
        for listed in fields(self):
            getattr(self, listed.name).extend(getattr(other, listed.name))

    def copied(self) -> Seeds:
        """The same in lists of its own."""
        return Seeds(*(list(getattr(self, listed.name)) for listed in fields(self)))

    def add_page(self, page: Seed[Any]) -> None:
        """Take in one more page."""
        kinds: dict[type, list[Any]] = {
            Article: self.articles,
            Procedure: self.procedures,
            Answer: self.answers,
            Term: self.terms,
        }
        kinds[type(page.value)].append(page)

    def replace_pages(self, pages: Mapping[str, Seed[Any]]) -> None:
        """Put others in place of the pages with these ids."""
        for listed in (self.procedures, self.articles, self.answers, self.terms):
            listed[:] = [pages.get(page.value.id, page) for page in listed]

    def asked(self) -> dict[str, tuple[str, ...]]:
        """The typical questions of each passage, by its id; those asked most are among them."""
        asked = {seed.value.item: seed.value.questions for seed in self.questions}
        for seed in self.frequent:
            item, question = seed.value.item, seed.value.question
            asked[item] = tuple(dict.fromkeys((*asked.get(item, ()), question)))
        return asked


def load_seeds(folder: Path) -> Seeds:
    """Read every file below the folder.

    Raises:
        ContentError: a file is missing, unknown or written wrongly; every fault is listed.
    """
    seeds = Seeds()
    problems: list[Problem] = []
    files = {p.relative_to(folder).as_posix(): p for p in sorted(folder.rglob("*"))}
    for name in (n for n in _SINGLE_FILES if n not in files):
        problems.append(Problem(name, 1, "缺少这个文件"))
    for file, path in files.items():
        if file not in NOTES and not _is_folder(path):
            problems += _load_file(path, file, seeds)
    if problems:
        raise ContentError(problems)
    return seeds


def load_text(text: str, file: str, seeds: Seeds, name: str = "") -> list[Problem]:
    """Read the text of one file into the seeds; every fault in it.

    ``name`` is what the file is called in its folder, where faults tell it by another name.
    """
    reader = _reader(name or file)
    if reader is None:
        return [
            Problem(
                file,
                1,
                "不认识这个文件；办事放 procedures、文章放 articles、问答放 answers、"
                "问法放 questions",
            )
        ]
    try:
        return reader(text, file, seeds)
    except Mistake as mistake:
        return [Problem(file, mistake.line or 1, str(mistake))]


def _is_folder(path: Path) -> bool:
    """Whether the path only holds files; named like one of them, it is taken for one."""
    return path.is_dir() and not path.is_symlink() and path.suffix not in _SUFFIXES


def _load_file(path: Path, file: str, seeds: Seeds) -> list[Problem]:
    if _reader(file) is None:
        return load_text("", file, seeds)
    if not path.is_file():
        return [Problem(file, 1, "这里要放普通文件，不能是文件夹、管道或指向别处不见了的链接")]
    try:
        return load_text(path.read_text(encoding="utf-8-sig"), file, seeds)
    except UnicodeDecodeError:
        return [Problem(file, 1, "文件不是 UTF-8 编码，请另存为 UTF-8")]
    except OSError as error:
        return [Problem(file, 1, f"文件读不出来（{error.strerror}）")]


_SUFFIXES = (".yaml", ".md")

Reader = Callable[[str, str, Seeds], list[Problem]]


def _reader(file: str) -> Reader | None:
    folder, _, name = file.rpartition("/")
    if file in _SINGLE_FILES:
        return _SINGLE_FILES[file]
    if folder == "articles" and name.endswith(".md"):
        return _article
    if folder == "procedures" and name.endswith(".yaml"):
        return _procedure
    if folder == "answers" and name.endswith(".yaml"):
        return _list_file(schema.AnswersFile, "answers")
    if folder == "questions" and name.endswith(".yaml"):
        return _questions
    return None


def _article(text: str, file: str, seeds: Seeds) -> list[Problem]:
    article, located, problems = read_article(text, file)
    if article:
        seeds.articles.append(Seed(article, file, located))
    return problems


def _procedure(text: str, file: str, seeds: Seeds) -> list[Problem]:
    located = read_yaml(text)
    procedure, problems = schema.structure(located, Procedure, file)
    if procedure:
        seeds.procedures.append(Seed(procedure, file, located))
    return problems


def _questions(text: str, file: str, seeds: Seeds) -> list[Problem]:
    located = read_yaml(text)
    content, problems = schema.structure(located, schema.QuestionsFile, file)
    if content:
        seeds.questions += [
            Seed(TypicalQuestions(item, asked), file, located, ("questions", item))
            for item, asked in content.questions.items()
        ]
    return problems


def _list_file(wanted: type[Any], *names: str) -> Reader:
    """A reader for a file that holds lists, each going into the list of the same name."""

    def read(text: str, file: str, seeds: Seeds) -> list[Problem]:
        located = read_yaml(text)
        content, problems = schema.structure(located, wanted, file)
        if content is not None:
            for name in names:
                getattr(seeds, name).extend(
                    Seed(value, file, located, (name, index))
                    for index, value in enumerate(getattr(content, name))
                )
        return problems

    return read


_SINGLE_FILES: dict[str, Reader] = {
    "topics.yaml": _list_file(schema.TopicsFile, "topics"),
    "frequent.yaml": _list_file(schema.FrequentFile, "frequent"),
    "regions.yaml": _list_file(schema.RegionsFile, "regions"),
    "sources.yaml": _list_file(schema.SourcesFile, "documents", "sources"),
    "glossary.yaml": _list_file(schema.GlossaryFile, "terms"),
    "doubts.yaml": _list_file(schema.DoubtsFile, "doubts"),
    "untreated.yaml": _list_file(schema.UntreatedFile, "untreated"),
}
