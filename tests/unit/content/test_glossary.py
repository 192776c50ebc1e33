"""Where a page first uses a term, and nowhere else, it leads to the term."""

from __future__ import annotations

from yibao_desktop.content.glossary import link_terms
from yibao_desktop.content.markup import parse_body
from yibao_desktop.domain.guide.items import Term
from yibao_desktop.domain.guide.text import Body, RichText, Span, SpanKind


def term(title: str, *linked_as: str) -> Term:
    return Term(f"term-{title}", title, "topic", Body(), (), linked_as=linked_as)


def links(body: Body) -> list[tuple[str, str]]:
    spans = [s for block in body.blocks for s in block.text.spans]
    return [(s.text, s.target) for s in spans if s.kind is SpanKind.LINK]


def test_the_first_mention_is_linked_the_longest_name_first():
    terms = [term("共济"), term("家庭共济", "亲情共济"), term("起付线")]
    body = parse_body(
        "开通家庭共济，就是亲情共济。\n\n共济的是钱，`起付线` 和**起付线**不算，起付线算。"
    )
    linked = link_terms(body, terms, "page")
    assert links(linked) == [
        ("家庭共济", "term-家庭共济"),
        ("共济", "term-共济"),
        ("起付线", "term-起付线"),
    ]
    assert linked.plain == body.plain


def test_a_page_is_not_linked_to_itself_and_links_stay():
    line = RichText((Span(SpanKind.LINK, "看起付线", "x"), Span(SpanKind.TEXT, "起付线")))
    assert link_terms(line, [term("起付线")], "term-起付线") == line
    assert link_terms(line, [], "page") == line
