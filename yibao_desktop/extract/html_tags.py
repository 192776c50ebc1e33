"""What tags of a web page mean to a reader of its text."""

from __future__ import annotations

SKIPPED = {"script", "style", "noscript", "template", "svg", "iframe", "object", "select",
           "textarea", "head", "button", "audio", "video", "canvas"}  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BREAKS = {"p", "div", "section", "article", "blockquote", "pre", "dd", "dt", "center", "ul", "ol",
          "body", "main", "form", "header", "footer", "nav", "aside", "figure", "br", "hr",
          "ucapcontent"}  # fmt: skip
VOID = {"br", "img", "input", "meta", "link", "hr", "col", "area", "base", "embed", "source",
        "wbr", "param", "track"}  # fmt: skip
KEPT = {*SKIPPED, *HEADINGS, *BREAKS, "table", "tr", "td", "th", "li", "a", "span"}
"""Tags whose end matters; the others only say how text looks."""
WITHIN_LINES = {"a", "span"}
_ENDS_PARAGRAPH = {*HEADINGS, *BREAKS, "table", "li"} - {"br", "hr", "body"}
_CELLS = {"td", "th", "table"}
IMPLIED: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    **{tag: (frozenset({"p"}), frozenset(_CELLS | SKIPPED)) for tag in _ENDS_PARAGRAPH},
    **{tag: (frozenset({"p", *HEADINGS}), frozenset(_CELLS | SKIPPED)) for tag in HEADINGS},
    "li": (frozenset({"li", "p"}), frozenset({"ul", "ol", *_CELLS, *SKIPPED})),
    "dt": (frozenset({"dt", "dd", "p"}), frozenset(_CELLS | SKIPPED)),
    "dd": (frozenset({"dt", "dd", "p"}), frozenset(_CELLS | SKIPPED)),
    "a": (frozenset({"a"}), frozenset(_CELLS | SKIPPED)),
    "tr": (frozenset({"tr", "td", "th"}), frozenset({"table"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
}
"""Which open elements a tag ends although nothing says so, and which it does not reach out of."""
