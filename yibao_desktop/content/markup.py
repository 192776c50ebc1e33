"""The little Markdown an editor writes, turned into spans and blocks.

Inline: ```label``` for a button or official name quoted exactly, ``**strong**``,
``[text](yibao:id)`` for a link within the guide, ``{fact-id}`` for a figure. Blocks: paragraphs,
one-level lists, tables, and ``> [!注意] …`` or ``> [!说明] …`` for a callout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from yibao_desktop.content.problems import Mistake
from yibao_desktop.domain.text import (
    CALLOUT_NAMES,
    Block,
    Body,
    Callout,
    ListBlock,
    Paragraph,
    RichText,
    Span,
    SpanKind,
    Table,
    Tone,
)

LINK_SCHEME = "yibao:"
_FIGURE = re.compile(r"\{([a-z0-9-]+)\}")
_CALLOUT = re.compile(r"\[!(\w+)\]\s*")
_TONES: dict[str, Tone] = {name: tone for tone, name in CALLOUT_NAMES.items()}


@cache
def markdown() -> MarkdownIt:
    """The parser; raw HTML is off, so that it stays text."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    # Every link is parsed, so that a forbidden one is refused and not shown as odd text.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


def parse_inline(text: str) -> RichText:
    """One line of text.

    Raises:
        Mistake: the text holds more than a line, or markup that is not supported.
    """
    if "\n" in text.strip():
        raise Mistake("这里只能写一行")
    (token,) = markdown().parseInline(text.strip())
    return _rich_text(token)


def parse_body(text: str) -> Body:
    """A text of several blocks.

    Raises:
        Mistake: the text is empty or holds markup that is not supported.
    """
    body = parse_blocks(markdown().parse(text))
    if not body:
        raise Mistake("这里不能是空的")
    return body


def parse_blocks(tokens: Sequence[Token]) -> Body:
    """Blocks from the parser's tokens; headings are not among them."""
    blocks: list[Block] = []
    position = 0
    while position < len(tokens):
        end = _end_of(tokens, position)
        blocks.append(_block(tokens[position], tokens[position + 1 : end]))
        position = end + 1
    return Body(tuple(blocks))


def _end_of(tokens: Sequence[Token], start: int) -> int:
    depth = 0
    for position in range(start, len(tokens)):
        depth += tokens[position].nesting
        if depth == 0:
            return position
    return len(tokens) - 1


def _block(opening: Token, inner: Sequence[Token]) -> Block:
    match opening.type:
        case "paragraph_open":
            return Paragraph(_rich_text(inner[0]))
        case "bullet_list_open" | "ordered_list_open":
            items = tuple(_list_items(inner))
            return ListBlock(items, ordered=opening.type.startswith("ordered"))
        case "table_open":
            rows = tuple(_table_rows(inner))
            return Table(rows[0], rows[1:])
        case "blockquote_open":
            return _callout(opening, inner)
    raise Mistake(f"这种写法不支持（{opening.type}）", _line(opening))


def _line(token: Token) -> int | None:
    return token.map[0] + 1 if token.map else None


def _list_items(tokens: Sequence[Token]) -> Iterator[RichText]:
    for token in tokens:
        if token.type == "inline":
            yield _rich_text(token)
        elif token.type not in (
            "list_item_open",
            "list_item_close",
            "paragraph_open",
            "paragraph_close",
        ):
            raise Mistake("列表里只能写一行一条，不能再套别的", _line(token))


def _table_rows(tokens: Sequence[Token]) -> Iterator[tuple[RichText, ...]]:
    row: list[RichText] = []
    for token in tokens:
        if token.type == "inline":
            row.append(_rich_text(token))
        elif token.type == "tr_close":
            yield tuple(row)
            row = []


def _callout(opening: Token, inner: Sequence[Token]) -> Callout:
    texts = [t for t in inner if t.type == "inline"]
    head = _CALLOUT.match(texts[0].content) if len(texts) == 1 else None
    if head is None or head[1] not in _TONES:
        raise Mistake(
            f"提示框要写成“> [!{'] …”或“> [!'.join(_TONES)}] …”，只写一段", _line(opening)
        )
    return Callout(parse_inline(" ".join(texts[0].content[head.end() :].split())), _TONES[head[1]])


def _rich_text(inline: Token) -> RichText:
    spans: list[Span] = []
    strong = 0
    link = ""
    for token in inline.children or ():
        match token.type:
            case "text":
                spans += _text_spans(token.content, strong > 0, link)
            case "softbreak":
                continue  # Chinese lines are joined without a space.
            case "code_inline":
                spans.append(Span(SpanKind.LABEL, token.content))
            case "strong_open" | "strong_close":
                strong += token.nesting
            case "link_open":
                link = _link_target(token, _line(inline))
            case "link_close":
                link = ""
            case other:
                raise Mistake(f"这种写法不支持（{other}）", _line(inline))
    return RichText(tuple(_closed_up(spans)))


def _closed_up(spans: list[Span]) -> Iterator[Span]:
    """Without the spaces an editor typed around labels: their brackets set them apart."""
    for before, span, after in zip([None, *spans], spans, [*spans[1:], None], strict=False):
        text = span.text
        if span.kind in (SpanKind.TEXT, SpanKind.STRONG):
            if before and before.kind is SpanKind.LABEL:
                text = text.lstrip(" ")
            if after and after.kind is SpanKind.LABEL:
                text = text.rstrip(" ")
            if not text:
                continue
        yield Span(span.kind, text, span.target)


def _link_target(token: Token, line: int | None) -> str:
    href = str(token.attrs.get("href", ""))
    if not href.startswith(LINK_SCHEME):
        raise Mistake(f"链接只能指向指南里的内容，写成 {LINK_SCHEME}编号，不能是“{href}”", line)
    return href.removeprefix(LINK_SCHEME)


def _text_spans(text: str, strong: bool, link: str) -> Iterator[Span]:
    if link:
        yield Span(SpanKind.LINK, text, link)
        return
    kind = SpanKind.STRONG if strong else SpanKind.TEXT
    for position, part in enumerate(_FIGURE.split(text)):
        if position % 2:
            yield Span(SpanKind.FIGURE, "", part)
        elif part:
            yield Span(kind, part)
