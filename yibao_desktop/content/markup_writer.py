"""Spans and blocks as the little Markdown an editor writes: what ``content.markup`` reads back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from yibao_desktop.content.markup import parse_inline
from yibao_desktop.content.problems import Mistake
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
)

_MARKS = re.compile(r"[\\`*_\[\]<&!]")
"""What means something anywhere in a line."""
_BLOCK_MARK = re.compile(r"[#>|~+=-]")
"""What means something at the beginning of a paragraph or an item of a list."""
_NUMBERED = re.compile(r"(\d+)([.)])")
_BULLETS, _NUMBERS = ("-", "*"), (".", ")")
"""Two lists that follow each other are told apart by their signs."""


def inline_markup(text: RichText) -> str:
    """One line of text as it is written in the seeds."""
    plain = _joined(text.spans, close_to_strong=False)
    return plain if _reads_as(plain, text) else _joined(text.spans, close_to_strong=True)


def body_markup(body: Body) -> str:
    """Blocks as they are written in the seeds, an empty line between them."""
    written: list[str] = []
    before: Block | None = None
    sign = 0
    for block in body.blocks:
        sign = 1 - sign if _runs_on(before, block) else 0
        written.append(_block(block, sign))
        before = block
    return "\n\n".join(written) + "\n"


def _reads_as(markup: str, text: RichText) -> bool:
    try:
        return parse_inline(markup) == text
    except Mistake:
        return False


def _joined(spans: Sequence[Span], *, close_to_strong: bool) -> str:
    """The spans one after the other.

    Args:
        spans: of one line.
        close_to_strong: whether the characters beside the asterisks are written by their numbers.
            Markdown takes asterisks between a word and a punctuation mark, as Chinese has them
            everywhere, for asterisks; a number ends and begins with a sign, and so they count.
    """
    parts: list[str] = []
    for index, span in enumerate(spans):
        before, after = spans[index - 1 : index], spans[index + 1 : index + 2]
        if index and before[0].kind is span.kind is SpanKind.LABEL:
            parts.append(" ")  # or the two backticks would be one sign; read, it is closed up
        if close_to_strong and span.kind is SpanKind.TEXT:
            parts.append(_numbered_ends(span.text, _is_strong(before), _is_strong(after)))
        elif close_to_strong and span.kind is SpanKind.STRONG:
            ends = [end.isspace() for end in (span.text[0], span.text[-1])]
            parts.append(f"**{_numbered_ends(span.text, *ends)}**")
        else:
            parts.append(_span(span))
    return "".join(parts)


def _is_strong(spans: Sequence[Span]) -> bool:
    return any(span.kind is SpanKind.STRONG for span in spans)


def _numbered_ends(text: str, first: bool, last: bool) -> str:
    if first and last and len(text) == 1:
        last = False
    head = f"&#{ord(text[0])};" if first else ""
    tail = f"&#{ord(text[-1])};" if last else ""
    return head + _escaped(text[first : len(text) - last]) + tail


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\g<0>", text)


def _span(span: Span) -> str:
    match span.kind:
        case SpanKind.TEXT:
            return _escaped(span.text)
        case SpanKind.STRONG:
            return f"**{_escaped(span.text)}**"
        case SpanKind.LINK:
            return f"[{_escaped(span.text)}]({LINK_SCHEME}{span.target})"
        case SpanKind.FIGURE:
            return f"{{{span.target}}}"
        case SpanKind.LABEL:
            padded = span.text.strip() and span.text[0] == span.text[-1] == " "
            return f"` {span.text} `" if padded else f"`{span.text}`"


def _runs_on(before: Block | None, block: Block) -> bool:
    """Whether two lists of one kind follow each other."""
    return (
        isinstance(before, ListBlock)
        and isinstance(block, ListBlock)
        and before.ordered == block.ordered
    )


def _block(block: Block, sign: int) -> str:
    match block:
        case Paragraph(text):
            return _statement(text)
        case ListBlock(items, ordered):
            leads = (
                (f"{number}{_NUMBERS[sign]}" if ordered else _BULLETS[sign])
                for number in range(1, len(items) + 1)
            )
            return "\n".join(
                f"{lead} {_statement(item)}" for lead, item in zip(leads, items, strict=True)
            )
        case Table(header, rows):
            line = "|" + "---|" * len(header)
            return "\n".join([_row(header), line, *map(_row, rows)])
        case Callout(text, tone):
            return f"> [!{CALLOUT_NAMES[tone]}] {inline_markup(text)}"


def _statement(text: RichText) -> str:
    """A line that begins a block, and does not look like the sign of another one."""
    written = inline_markup(text)
    if numbered := _NUMBERED.match(written):
        return f"{numbered[1]}\\{numbered[2]}{written[numbered.end() :]}"
    return f"\\{written}" if _BLOCK_MARK.match(written) else written


def _row(cells: Sequence[RichText]) -> str:
    return "|" + "".join(f" {inline_markup(cell).replace('|', chr(92) + '|')} |" for cell in cells)
