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
from yibao_desktop.content.wording import check_wording
from yibao_desktop.domain.guide.text import (
    CALLOUT_NAMES,
    LINK_SCHEME,
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

_FIGURE = re.compile(r"\{([a-z0-9-]+)\}")
_PIPE = re.compile(r"(?<!\\)\|")
_CALLOUT = re.compile(r"\[!(\w+)\]\s*")
_TONES: dict[str, Tone] = {name: tone for tone, name in CALLOUT_NAMES.items()}


@cache
def markdown() -> MarkdownIt:
    """The parser; raw HTML is off, so that it stays text."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    # Every link is parsed, so that a forbidden one is refused and not shown as odd text.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


def parse_inline(text: str, line: int | None = None) -> RichText:
    """One line of text, which stands at ``line`` of what it was taken from.

    Raises:
        Mistake: the text is blank, more than a line, or holds markup that is not supported.
    """
    if "\n" in text.strip():
        raise Mistake("这里只能写一行", line)
    (token,) = markdown().parseInline(text.strip())
    token.map = [line - 1, line] if line else None
    return _statement(token)


def parse_body(text: str) -> Body:
    """A text of several blocks.

    Raises:
        Mistake: the text is empty or holds markup that is not supported.
    """
    body = parse_blocks(parse_markdown(text))
    if not body:
        raise Mistake("这里不能是空的")
    return body


def parse_markdown(text: str) -> list[Token]:
    """The parser's tokens.

    Raises:
        Mistake: a row of a table has not as many cells as its header; the parser would cut it
            off or fill it up.
    """
    lines = text.split("\n")
    tokens = markdown().parse(text)
    wanted = 0
    for token in tokens:
        if token.type == "table_open":
            wanted = 0
        elif token.type == "th_open":
            wanted += 1
        elif token.type == "tr_open" and wanted and token.map:
            row = token.map[0]
            if (found := _cells(lines[row])) != wanted:
                raise Mistake(f"表头有 {wanted} 格，这一行有 {found} 格", row + 1)
    return tokens


def _cells(row: str) -> int:
    cells = _PIPE.split(row.strip())
    return len(cells) - (cells[0] == "") - (cells[-1] == "")


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
            if inner[0].content.startswith("|"):
                raise Mistake("表格的第二行要写 |---|，和表头一样多格", _line(opening))
            return Paragraph(_statement(inner[0]))
        case "bullet_list_open" | "ordered_list_open":
            if opening.attrs.get("start", 1) != 1:
                raise Mistake("列表的号码要从 1 开始", _line(opening))
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
            yield _statement(token)
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
    said = " ".join(texts[0].content[head.end() :].split())
    return Callout(parse_inline(said, _line(opening)), _TONES[head[1]])


def _statement(inline: Token) -> RichText:
    """A text that says something; only a cell of a table may be blank."""
    text = _rich_text(inline)
    if all(not span.text.strip() and span.kind is not SpanKind.FIGURE for span in text.spans):
        raise Mistake("这里不能是空的", _line(inline))
    return text


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
    for span in spans:
        check_wording(span.text, _line(inline))
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
