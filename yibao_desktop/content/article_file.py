"""Articles: front matter in YAML, then Markdown whose headings are the sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from yibao_desktop.content.markup import parse_blocks, parse_markdown
from yibao_desktop.content.problems import Mistake, Problem
from yibao_desktop.content.schema import structure
from yibao_desktop.content.yaml_reader import Located, Path, read_yaml
from yibao_desktop.domain.guide.items import Article

_FRONT = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)
_HEADING = re.compile(r"(?P<title>.+?)\s*\{#(?P<id>[a-z0-9-]+)\}")


@dataclass(frozen=True, slots=True)
class _Part:
    """A heading with its tokens; ``line`` is the heading's line in the file."""

    heading: Token
    title: str
    line: int
    tokens: Sequence[Token]


def read_article(text: str, file: str) -> tuple[Article | None, Located, list[Problem]]:
    """An article, where its values stand, and every fault found."""
    front = _FRONT.match(text)
    if front is None:
        return None, Located({}), [Problem(file, 1, "文章开头要有用 --- 围起来的说明部分")]
    try:
        located = read_yaml(front[1], first_line=2)
        if not isinstance(located.data, dict) or "sections" in located.data:
            raise Mistake("说明部分要写成“名字: 内容”，小节写在后面的正文里", 2)
        located = _with_sections(located, text, front.end())
    except Mistake as mistake:
        return None, Located({}), [Problem(file, mistake.line or 1, str(mistake))]
    article, problems = structure(located, Article, file)
    return article, located, problems


def _with_sections(front: Located, text: str, start: int) -> Located:
    lines_before = text.count("\n", 0, start)
    # Empty lines in place of the front matter make the parser count the lines of the file.
    tokens = parse_markdown("\n" * lines_before + text[start:])
    sections = []
    lines: dict[Path, int] = {**front.lines, ("sections",): lines_before + 1}
    for index, part in enumerate(_parts(tokens, lines_before + 1)):
        section, section_lines = _section(part)
        sections.append(section)
        lines |= {("sections", index, *path): line for path, line in section_lines.items()}
    return Located({**front.data, "sections": sections}, lines)


def _parts(tokens: Sequence[Token], first_line: int) -> Iterator[_Part]:
    starts = [i for i, t in enumerate(tokens) if t.type == "heading_open"]
    if starts[:1] != [0]:
        line = _line(tokens[0]) if tokens else first_line
        raise Mistake("正文要从一个小节标题开始（## 标题 {#编号}）", line)
    if tokens[0].tag == "h3":
        raise Mistake("第一个小节标题要写成“## 标题 {#编号}”，### 是它下面的一层", _line(tokens[0]))
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        heading = tokens[start]
        yield _Part(heading, tokens[start + 1].content, _line(heading), tokens[start + 3 : end])


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _section(part: _Part) -> tuple[dict[str, object], dict[Path, int]]:
    named = _HEADING.fullmatch(part.title)
    level = int(part.heading.tag[1:])
    if named is None or level not in (2, 3):
        raise Mistake("小节标题要写成“## 标题 {#编号}”或“### 标题 {#编号}”", part.line)
    meta, tokens = Located({}), part.tokens
    if tokens and tokens[0].type == "fence" and tokens[0].info.strip() == "meta":
        meta, tokens = read_yaml(tokens[0].content, _line(tokens[0]) + 1), tokens[1:]
    if not isinstance(meta.data, dict) or {"id", "title", "level", "body"} & meta.data.keys():
        raise Mistake("meta 里只写 sources", part.line)
    try:
        body = parse_blocks(tokens)
    except Mistake as mistake:
        raise Mistake(str(mistake), mistake.line or part.line) from None
    if not body:
        raise Mistake("小节里没有正文", part.line)
    section = {
        **meta.data,
        "id": named["id"],
        "title": named["title"],
        "level": level,
        "body": body,
    }
    return section, {**meta.lines, (): part.line}
