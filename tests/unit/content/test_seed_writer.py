"""What the writer of seeds writes, their readers read back equal."""

from __future__ import annotations

import datetime
import unicodedata
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.built_content import ROOT
from tests.depth import tries
from yibao_desktop.content import schema
from yibao_desktop.content.article_file import read_article
from yibao_desktop.content.loader import Seeds, load_seeds
from yibao_desktop.content.markup import parse_body, parse_inline
from yibao_desktop.content.markup_writer import body_markup, inline_markup
from yibao_desktop.content.seed_writer import article_text, yaml_text
from yibao_desktop.content.yaml_reader import read_yaml
from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.guide.items import Answer, Article, Section
from yibao_desktop.domain.guide.text import (
    Body,
    Callout,
    ListBlock,
    Paragraph,
    RichText,
    Span,
    SpanKind,
    Table,
)
from yibao_desktop.domain.procedure.conditions import AllOf, AnyOf, Condition, Has, In, Is, Not
from yibao_desktop.domain.procedure.model import (
    Failure,
    Group,
    Line,
    Material,
    Option,
    Outcome,
    Procedure,
    Question,
    Statement,
    Step,
)
from yibao_desktop.domain.procedure.model import MenuPath as Menus

SIGNS = "办卡带，。“”（）：？！ 　a1Z#>|-+~=*_[]<&!.()\\/'\"%@:;,?😀𠀀"
"""What Chinese sentences hold, and everything that means something in Markdown or in YAML."""

ids = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,2}", fullmatch=True)
conditions: st.SearchStrategy[Condition] = st.recursive(
    st.builds(Is, ids, ids)
    | st.builds(Has, ids, ids)
    | st.builds(In, ids, st.lists(ids, min_size=1, max_size=3).map(tuple)),
    lambda inner: (
        st.builds(AllOf, st.lists(inner, min_size=1, max_size=3).map(tuple))
        | st.builds(AnyOf, st.lists(inner, min_size=1, max_size=3).map(tuple))
        | st.builds(Not, inner)
    ),
    max_leaves=4,
)
maybe = st.none() | conditions


def is_wording(text: str) -> bool:
    try:
        schema.check_wording(text)
    except schema.Mistake:
        return False
    return bool(text.strip())


characters = st.sampled_from(SIGNS) | st.characters(
    exclude_categories=("Cc", "Cf", "Cs", "Co", "Zl", "Zp"), exclude_characters="\ufffd`{}"
)
words = st.text(characters, min_size=1, max_size=12).filter(is_wording)
names = words | st.sampled_from(
    [
        "12",
        "0123",
        "1e5",
        "yes",
        "null",
        "~",
        "2025-01-01",
        "2025-1-1 10:00",
        "<<",
        "=",
        "- a",
        "0x1f",
    ]
)
keys = st.builds("{}#{}".format, st.from_regex(r"[0-9]{3}", fullmatch=True), words)


def spans() -> st.SearchStrategy[Span]:
    return (
        st.builds(Span, st.sampled_from([SpanKind.TEXT, SpanKind.STRONG, SpanKind.LABEL]), words)
        | st.builds(Span, st.just(SpanKind.LINK), words, ids)
        | st.builds(Span, st.just(SpanKind.FIGURE), st.just(""), ids)
    )


def as_read(spans: list[Span]) -> list[Span]:
    """Spans as a reader can have made them: like ones joined, blanks at the ends and beside
    labels closed up."""
    joined: list[Span] = []
    for span in spans:
        if (
            joined
            and joined[-1].kind is span.kind
            and span.kind in (SpanKind.TEXT, SpanKind.STRONG)
        ):
            span = Span(span.kind, joined.pop().text + span.text)
        joined.append(span)
    kinds = [None, *(s.kind for s in joined), None]
    closed = []
    for i, span in enumerate(joined):
        text = span.text
        if span.kind in (SpanKind.TEXT, SpanKind.STRONG):  # a link keeps its blanks
            if kinds[i] is SpanKind.LABEL:
                text = text.lstrip(" ")
            if kinds[i + 2] is SpanKind.LABEL:
                text = text.rstrip(" ")
            if kinds[i] is None and span.kind is SpanKind.TEXT:
                text = text.lstrip()
            if kinds[i + 2] is None and span.kind is SpanKind.TEXT:
                text = text.rstrip()
        closed.append(Span(span.kind, text, span.target))
    return closed


def is_readable(text: RichText) -> bool:
    told = [s for s in text.spans if s.text.strip() or s.kind is SpanKind.FIGURE]
    apart = all(
        a.kind is not b.kind or a.kind not in (SpanKind.TEXT, SpanKind.STRONG)
        for a, b in pairwise(text.spans)
    )
    full = all(s.text or s.kind is SpanKind.FIGURE for s in text.spans)
    return bool(told) and apart and full and all(is_wording(s.text) for s in text.spans if s.text)


texts = (
    st.lists(spans(), min_size=1, max_size=5)
    .map(lambda found: RichText(tuple(as_read(found))))
    .filter(is_readable)
)


def has_single_spaces(text: RichText) -> bool:
    said = "".join(s.text for s in text.spans)
    return said == "".join(" " if c.isspace() else c for c in said) and "  " not in said


blocks = (
    st.builds(Paragraph, texts)
    | st.builds(ListBlock, st.lists(texts, min_size=1, max_size=3).map(tuple), st.booleans())
    | st.builds(Callout, texts.filter(has_single_spaces), st.sampled_from(["caution", "note"]))
    | st.integers(1, 3).flatmap(
        lambda n: st.builds(
            Table,
            st.tuples(*[texts] * n),
            st.lists(st.tuples(*[texts | st.just(RichText())] * n), max_size=3).map(tuple),
        )
    )
)
bodies = st.lists(blocks, min_size=1, max_size=4).map(lambda b: Body(tuple(b)))


@pytest.mark.deep
@given(texts)
@settings(max_examples=tries(usual=100, deep=400))
def test_a_line_is_read_back(text: RichText) -> None:
    assert parse_inline(inline_markup(text)) == text


@pytest.mark.deep
@given(bodies)
@settings(max_examples=tries(usual=60, deep=200))
def test_a_body_is_read_back(body: Body) -> None:
    assert parse_body(body_markup(body)) == body


many: Any = lambda element: st.lists(element, max_size=2).map(tuple)  # noqa: E731
sources = st.lists(keys, min_size=1, max_size=2).map(tuple)
years = st.none() | st.integers(1990, 2100)
facts = st.builds(
    Fact, ids, names, st.sampled_from(["money", "duration", "phone"]), sources,
    value=names, unit=st.just("") | names, approx=st.booleans(), as_of=years,
)  # fmt: skip
statements = st.none() | st.builds(Statement, texts, sources)
steps = st.builds(
    Step, ids, names, st.sampled_from(["do", "visit"]),
    many(st.builds(Line, st.sampled_from(["do", "note", "caution"]), texts, maybe)), sources,
    when=maybe, optional=st.booleans(), materials=many(ids), fee=statements, time=statements,
    done_when=texts, fails=many(st.builds(Failure, texts, many(texts))),
    paths=many(st.builds(Menus, many(names), sources)), copy_text=many(names),
    picture=st.sampled_from([None, "telephone"]),
)  # fmt: skip
groups = st.builds(
    Group, ids, st.sampled_from(["seq", "all", "any"]),
    st.lists(steps | st.builds(Group, ids, st.just("seq"), many(steps)), max_size=2).map(tuple),
    title=st.just("") | names, when=maybe,
)  # fmt: skip
procedures = st.builds(
    Procedure, ids, names, ids, texts, names, groups,
    many(st.builds(Outcome, ids, st.just("done"), names, texts, sources, maybe)),
    sources, st.dates(), aliases=many(names), facts=many(facts),
    questions=many(st.builds(Question, ids, names, options=many(st.builds(Option, ids, names)))),
    materials=many(st.builds(
        Material, ids, names, sources, copies=st.none() | st.integers(1, 9), why=texts, when=maybe,
    )),
)  # fmt: skip


@pytest.mark.deep
@given(procedures)
@settings(max_examples=tries(usual=25, deep=60))
def test_a_procedure_is_read_back(procedure: Procedure) -> None:
    read, problems = schema.structure(read_yaml(yaml_text(procedure)), Procedure, "x.yaml")
    assert not problems
    assert read == procedure


answers = st.builds(
    Answer, ids, names, ids, bodies, sources, aliases=many(names), facts=many(facts), as_of=years,
    answer=texts, cut_off=st.booleans(),
)  # fmt: skip


@pytest.mark.deep
@given(st.lists(answers, max_size=2).map(tuple))
@settings(max_examples=tries(usual=25, deep=60))
def test_answers_are_read_back(found: tuple[Answer, ...]) -> None:
    wanted = schema.AnswersFile(found)
    read, problems = schema.structure(read_yaml(yaml_text(wanted)), schema.AnswersFile, "x.yaml")
    assert not problems
    assert read == wanted


headings = words.map(str.strip).filter(lambda title: unicodedata.is_normalized("NFC", title))
articles = st.builds(
    Article, ids, names, ids, texts, sources,
    st.lists(st.builds(Section, ids, headings, sources, bodies), min_size=1, max_size=3).map(tuple),
    aliases=many(names), facts=many(facts), region=st.none() | st.just("320100"),
)  # fmt: skip


@pytest.mark.deep
@given(articles)
@settings(max_examples=tries(usual=25, deep=60))
def test_an_article_is_read_back(article: Article) -> None:
    read, _, problems = read_article(article_text(article), "x.md")
    assert not problems
    assert read == article


@pytest.fixture(scope="module")
def seeds() -> Seeds:
    return load_seeds(ROOT / "seeds")


def test_every_article_and_procedure_of_the_guide_is_read_back(seeds: Seeds) -> None:
    for article in (seed.value for seed in seeds.articles):
        assert read_article(article_text(article), "x.md")[0] == article
    for procedure in (seed.value for seed in seeds.procedures):
        assert schema.structure(read_yaml(yaml_text(procedure)), Procedure, "x.yaml") == (
            procedure,
            [],
        )


def test_every_file_of_the_guide_is_read_back(seeds: Seeds) -> None:
    def values(name: str) -> tuple[Any, ...]:
        return tuple(seed.value for seed in getattr(seeds, name))

    files = [
        schema.AnswersFile(values("answers")),
        schema.TopicsFile(values("topics")),
        schema.GlossaryFile(values("terms")),
        schema.DoubtsFile(values("doubts")),
        schema.FrequentFile(values("frequent")),
        schema.RegionsFile(values("regions")),
        schema.SourcesFile(values("documents"), values("sources")),
        schema.UntreatedFile(values("untreated")),
    ]
    for wanted in files:
        assert schema.structure(read_yaml(yaml_text(wanted)), type(wanted), "x") == (wanted, [])


def test_what_is_like_the_default_is_left_out() -> None:
    step = Step("a-step", "办一件事", "do", (), ("000#一",), when=Is("card", "physical"))
    assert yaml_text(step) == (
        "id: a-step\ntitle: 办一件事\nkind: do\nlines: []\nsources:\n- 000#一\n"
        "when: {is: [card, physical]}\n"
    )
    assert "optional" in yaml_text(replace(step, optional=True))


def test_a_day_and_a_number_that_is_text_stay_what_they_are() -> None:
    read = read_yaml("day: 2026-11-30\nphone: '12333'\n").data
    assert read_yaml(yaml_text(read)).data == {
        "day": datetime.date(2026, 11, 30),
        "phone": "12333",
    }
