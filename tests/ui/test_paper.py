"""What is printed: every word of it, legible, on pages that do not tear it apart."""

from __future__ import annotations

import datetime
import io
import itertools
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QPdfWriter, QRawFont, QTextBlock, QTextCharFormat

from tests.built_content import PROCEDURES
from tests.conftest import FONT, ROOT
from tests.ui.pdf import read_pdf, squeeze
from yibao_desktop.domain.guide.items import Article, Kind
from yibao_desktop.domain.guide.sources import NOTICE
from yibao_desktop.domain.guide.text import Block, Body, Paragraph, RichText, Table
from yibao_desktop.domain.procedure.model import CHANNEL
from yibao_desktop.domain.procedure.plan import make_plan
from yibao_desktop.domain.procedure.purpose import judged_plan
from yibao_desktop.domain.wording.date_text import day_text
from yibao_desktop.domain.wording.handout import Doubtful, Handout, Large, Lead, Part, Tick, box
from yibao_desktop.errors import DataError, UserError
from yibao_desktop.services.file_writer import write_file
from yibao_desktop.services.handout_service import page_document
from yibao_desktop.services.plan_handout import plan_document
from yibao_desktop.settings import TextSize
from yibao_desktop.ui.looks.fonts import BUNDLED_NAME
from yibao_desktop.ui.takeaway.paper import Paper, fitted_paper, set_page
from yibao_desktop.ui.takeaway.paper_style import LARGE, SMALL, PaperStyle
from yibao_desktop.ui.takeaway.pdf_text import with_far_letters
from yibao_desktop.ui.takeaway.printing import PDF_DPI, pdf_bytes

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("bundled_font")]

TODAY = datetime.date(2026, 11, 22)
RESOURCES = ROOT / "resources"
LEAST_PT = {TextSize.STANDARD: 10, TextSize.ELDER: 14}
A4 = (595, 842)


def style(size: TextSize = TextSize.STANDARD) -> PaperStyle:
    return PaperStyle.of(RESOURCES, size)


def readable(guide) -> list[str]:
    return [e.id for e in guide.guide.entries() if e.kind is not Kind.TOPIC]


def texts(handout: Handout) -> Iterator[str]:
    """Everything a handout says below its title, piece by piece."""
    yield from block_texts(handout.lead)
    for part in handout.parts:
        yield part.title
        yield from block_texts(part.blocks)
    yield from handout.sources


def block_texts(blocks: tuple[object, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Tick):
            yield f"{box(block)} {block.text.plain}"
            yield from block_texts(block.details)
        elif isinstance(block, Lead | Large | Doubtful):
            yield block.text.plain
        elif isinstance(block, Table):
            for row in (block.header, *block.rows):
                yield from (cell.plain for cell in row)
        else:
            # The sign and the name before a remark are the layout's business.
            for line in Body((block,)).plain.splitlines():
                yield line.removeprefix("注意：").removeprefix("说明：")


@pytest.mark.parametrize("size", [TextSize.STANDARD, TextSize.ELDER])
@pytest.mark.parametrize("procedure", PROCEDURES)
def test_the_paper_says_every_word_of_a_procedure(guide, procedure, size):
    handout = page_document(guide.guide.page(procedure), TODAY)
    paper = read_pdf(pdf_bytes(handout, style(size)))
    large = size is TextSize.ELDER
    said = texts(handout if large else handout.in_small_print)
    missing = [text for text in said if squeeze(text) not in paper.body]
    assert missing == []
    assert min(paper.sizes) >= LEAST_PT[size] * SMALL - 0.1
    assert max(paper.sizes) >= LEAST_PT[size] * 1.5
    assert paper.fonts == {"YibaoSans-Regular": True}
    assert paper.sheets == {A4}
    count = len(paper.feet)
    for number, foot in enumerate(paper.feet, 1):
        assert foot.startswith(squeeze(NOTICE))
        assert squeeze(handout.heading) in foot
        assert TODAY.isoformat() in foot
        assert f"第{number}页，共{count}页" in foot


def test_the_paper_says_every_word_of_every_page(guide):
    for item in readable(guide):
        handout = page_document(guide.guide.page(item), TODAY)
        paper = read_pdf(pdf_bytes(handout, style()))
        assert squeeze(handout.heading) in paper.body + paper.feet[0]
        said = texts(handout.in_small_print)
        missing = [text for text in said if squeeze(text) not in paper.body]
        assert missing == [], item
        assert set(paper.fonts) == {"YibaoSans-Regular"}, item


def test_the_paper_of_an_article_has_all_the_reader_shows(guide):
    """Compared with the guide itself and not with the document made of it."""
    for item in readable(guide):
        view = guide.guide.page(item)
        if not isinstance(view.page, Article):
            continue
        paper = read_pdf(pdf_bytes(page_document(view, TODAY), style()))
        said = [view.page.title, view.page.answer.plain]
        for section in view.page.sections:
            said += [section.title, *_cells(section.body)]
        said += [d.short.plain for d in view.doubts]
        newest = {
            s.document: max(t.date for t in view.sources if t.document == s.document)
            for s in view.sources
        }
        said += [line for s in view.sources for line in (s.document, str(newest[s.document]))]
        assert [text for text in said if squeeze(text) not in paper.body] == []


def _cells(body: Body) -> list[str]:
    return [t for block in body.blocks for t in block_texts((block,))]


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_the_paper_of_a_plan_has_every_item_of_it(guide, procedure):
    """Under each channel: steps, lines, papers and sources, compared code point by code point."""
    view = guide.guide.page(procedure)
    channels = [c.id for c in view.page.channels] or [None]
    for channel in channels:
        plan = make_plan(view.page, {CHANNEL: (channel,)} if channel else {})
        paper = read_pdf(pdf_bytes(plan_document(plan, view, TODAY), style()))
        wanted = [line for planned in plan.steps for line in _step_texts(planned)]
        wanted += [m.material.name for m in plan.materials]
        wanted += [
            t.plain for m in plan.materials for t in (m.material.spec, m.material.how_to_get)
        ]
        cited = {key for s in plan.steps for key in s.step.sources}
        cited |= {key for m in plan.materials for key in m.material.sources}
        known = {source.key: source for source in view.sources}
        wanted += [f"{known[k].document_name} · 20" for k in cited]
        wanted += list(view.page.silent)
        assert [text for text in wanted if squeeze(text) not in paper.body] == []
        assert paper.body.count("□") >= len(plan.steps) + len(plan.materials)


def _step_texts(planned) -> Iterator[str]:
    step = planned.step
    yield step.title
    yield from (line.text.plain for line in planned.lines)
    yield from (label for path in step.paths for label in path.labels)
    yield from step.copy_text
    yield step.done_when.plain
    for statement in (step.fee, step.time):
        if statement:
            yield statement.text.plain
    for failure in step.fails:
        yield failure.symptom.plain
        yield from (action.plain for action in failure.actions)


def test_the_font_has_every_character_that_is_printed(guide):
    font = QRawFont(str(FONT), 20)
    for item in readable(guide):
        handout = page_document(guide.guide.page(item), TODAY)
        letters = set("".join(texts(handout))) | set("✓第页共整理来源" + NOTICE)
        assert [c for c in letters if not c.isspace() and not font.supportsCharacter(ord(c))] == []


class Laid:
    """A handout laid out as for a PDF."""

    def __init__(self, handout: Handout, size: TextSize, columns: int = 1) -> None:
        self.device = QPdfWriter("")
        self.device.setResolution(PDF_DPI)
        set_page(self.device)
        self.paper = Paper(handout, style(size), self.device, columns)

    @property
    def height(self) -> float:
        return self.paper.document.pageSize().height()

    def blocks(self) -> Iterator[QTextBlock]:
        block = self.paper.document.begin()
        while block.isValid():
            yield block
            block = block.next()

    def lines(self, block: QTextBlock) -> list[tuple[float, float]]:
        top = self.paper.document.documentLayout().blockBoundingRect(block).top()
        layout = block.layout()
        rows = [layout.lineAt(i) for i in range(layout.lineCount())]
        return [(top + row.y(), top + row.y() + row.height()) for row in rows]

    def page(self, position: float) -> int:
        return int(position // self.height)


def has_details(block: QTextBlock, following: QTextBlock) -> bool:
    boxes = ("□", "✓")
    below = following.blockFormat().indent() > 0 and not following.text().startswith(boxes)
    return block.text().startswith(boxes) and below


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("size", [TextSize.STANDARD, TextSize.ELDER])
def test_no_line_is_cut_and_no_heading_left_behind(guide, size, columns):
    headings = 0
    for item in readable(guide):
        laid = Laid(page_document(guide.guide.page(item), TODAY), size, columns)
        blocks = list(laid.blocks())
        for block, following in itertools.pairwise(blocks):
            cut = [
                row for row in laid.lines(block) if laid.page(row[0] + 1) != laid.page(row[1] - 1)
            ]
            assert cut == [], (item, block.text())
            if block.blockFormat().headingLevel() > 1 or has_details(block, following):
                headings += 1
                own, next_ = laid.lines(block)[-1], laid.lines(following)[0]
                assert laid.page(own[0] + 1) == laid.page(next_[0] + 1), (item, block.text())
    assert headings > 100


def test_a_long_table_goes_on_over_the_page(guide):
    rows = tuple((RichText.of(f"第 {n} 项"), RichText.of("很长的说明" * 40)) for n in range(60))

    table = Table((RichText.of("项目"), RichText.of("说明")), rows)
    handout = sample(Part("一张长表", (table,)))
    paper = read_pdf(pdf_bytes(handout, style()))
    assert len(paper.feet) > 5
    assert all(f"第{n}项" in paper.body for n in range(60))


def sample(*parts: Part, **changes: object) -> Handout:
    values = {"title": "样子", "lead": (), "sources": (), "date": TODAY}
    return Handout(parts=parts, **(values | changes))


def test_what_is_ticked_is_ticked_on_paper():
    ticks = (Tick(RichText.of("身份证"), done=True), Tick(RichText.of("照片")))
    paper = read_pdf(pdf_bytes(sample(Part("材料", ticks)), style()))
    assert "✓身份证" in paper.body
    assert "□照片" in paper.body


def test_nothing_a_page_says_is_taken_for_markup():
    said = '<b>甲</b> & "乙" <img src="file:///etc/passwd">'
    blocks: tuple[Block, ...] = (Paragraph(RichText.of(said)),)
    paper = read_pdf(pdf_bytes(sample(Part(said, blocks), person="<i>妈"), style()))
    assert paper.body.count(squeeze(said)) == 2
    assert "<i>妈·样子" in paper.body


def test_a_file_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(DataError, match="存不进去") as told:
        write_file(tmp_path / "没有的文件夹" / "甲.pdf", b"")
    assert told.value.hint


def test_the_size_grows_with_the_text_size():
    sizes = [min(read_pdf(pdf_bytes(sample(), style(size))).sizes) for size in TextSize]
    assert sizes == sorted(sizes)


def test_a_topic_has_no_text_to_print(guide):
    topic = next(e for e in guide.guide.entries() if e.kind is Kind.TOPIC)
    with pytest.raises(UserError, match=topic.title):
        guide.guide.page(topic.id)


ANSWERED = {
    "card-replacement": {"card": ("physical",), CHANNEL: ("window",)},
    "e-card-filing": {"for-whom": ("child",), CHANNEL: ("center",)},
    "family-pooling": {"same-area": ("same",), CHANNEL: ("window",)},
    "individual-enrolment": {CHANNEL: ("online",)},
    "e-card": {"insured": ("insured-yes",), CHANNEL: ("wechat",)},
    "insurance-transfer": {
        "new-employer": ("no-employer",),
        "gap": ("short-gap",),
        "ended-on": ("2026-10-10",),
    },
}


@pytest.mark.parametrize("procedure", ANSWERED)
def test_a_plan_is_one_sheet(guide, procedure):
    view = guide.guide.page(procedure)
    handout = plan_document(judged_plan(view.page, ANSWERED[procedure]), view, TODAY)
    paper = read_pdf(pdf_bytes(handout, style()))
    assert len(paper.feet) == 1
    assert [text for text in texts(handout) if squeeze(text) not in paper.body] == []


def test_what_to_bring_is_drawn_beside_its_name():
    """The drawing is a picture in the file, and no letter of it is in the text."""
    plain, drawn = (
        pdf_bytes(sample(Part("材料", (Tick(RichText.of("身份证"), picture=p),))), style())
        for p in (None, "id-card")
    )
    assert pictures(plain) == 0
    assert pictures(drawn) == 1
    assert read_pdf(plain).body == read_pdf(drawn).body


def pictures(content: bytes) -> int:
    (page,) = PdfReader(io.BytesIO(content)).pages
    return len(page.images)


def boxes(count: int) -> Handout:
    ticks = tuple(Tick(RichText.of(f"第 {n} 样，要带的")) for n in range(count))
    return sample(Part("材料", ticks), is_checklist=True)


def test_little_is_large_and_much_is_smaller_and_in_columns():
    device = Laid(sample(), TextSize.STANDARD).device
    little, much = (fitted_paper(boxes(n), style(), device) for n in (5, 40))
    assert little.page_count == much.page_count == 1
    assert little.document.defaultFont().pointSizeF() == 14
    assert much.document.defaultFont().pointSizeF() < 14
    assert much.document.pageSize().width() < little.document.pageSize().width() / 2


@pytest.mark.parametrize("is_checklist", [False, True])
def test_a_paragraph_that_goes_on_over_pages_says_every_word_once(is_checklist):
    said = "".join(f"第 {n} 句，" for n in range(1500))
    handout = sample(Part("很长", (Paragraph(RichText.of(said)),)), is_checklist=is_checklist)
    paper = read_pdf(pdf_bytes(handout, style()))
    assert len(paper.feet) > 2
    assert paper.body.count("第7句") == 1
    assert squeeze(said) in paper.body


def test_what_needs_several_sheets_takes_no_more_of_them_than_it_must():
    device = Laid(sample(), TextSize.STANDARD).device
    paper = fitted_paper(boxes(200), style(), device)
    least = replace(style(), body=style().least)
    assert paper.page_count == Paper(boxes(200), least, device, 2).page_count > 1
    read = read_pdf(pdf_bytes(boxes(200), style()))
    assert all(f"□第{n}样，要带的" in read.body for n in range(200))


def supplementary() -> list[str]:
    """Every character beyond U+FFFF of the bundled font; many stand in names."""
    font = QRawFont(str(FONT), 20)
    return [chr(code) for code in range(0x10000, 0x40000) if font.supportsCharacter(code)]


@pytest.mark.parametrize("is_checklist", [False, True])
def test_rare_characters_of_names_can_be_copied_from_a_pdf(is_checklist):
    """In the heading, in the text, between others and over several sheets."""
    letters = supplementary()
    assert len(letters) > 150
    blocks = tuple(Paragraph(RichText.of(f"王{c}，身份证。" * 9)) for c in letters)
    person = "".join(reversed(letters[-3:]))
    handout = sample(Part("名字", blocks), person=person, is_checklist=is_checklist)
    paper = read_pdf(pdf_bytes(handout, style()))
    assert len(paper.feet) > 2
    assert [c for c in letters if f"王{c}，身份证。" * 9 not in paper.body] == []
    assert all(f"{person}·样子" in foot for foot in paper.feet)


def test_a_pdf_without_rare_characters_stays_as_it_was_written():
    written = pdf_bytes(sample(person="妈妈"), style())
    assert written.count(b"startxref") == 1
    assert with_far_letters(written, BUNDLED_NAME, []) == written
    assert with_far_letters(written, "AnotherFont", ["𬱖"]) == written


def test_a_person_is_named_in_the_file_and_on_every_page():
    handout = replace(sample(), person="妈妈/爸爸", title="补办医保卡")
    assert handout.file_name == "妈妈爸爸-补办医保卡-2026-11-22"
    paper = read_pdf(pdf_bytes(handout, style()))
    assert all("妈妈/爸爸·补办医保卡" in foot for foot in paper.feet)


@pytest.mark.parametrize("size", [TextSize.STANDARD, TextSize.ELDER])
def test_the_last_day_and_a_number_to_dial_are_large_in_large_print_only(guide, size):
    """What large print says again in large letters the other says in words alone."""
    view = guide.guide.page("card-replacement")
    plan = make_plan(view.page, {"card": ("physical",), "channel": ("window",)})
    day = datetime.date(2026, 12, 3)
    handout = plan_document(plan, view, TODAY, last_days=[day])
    paper = read_pdf(pdf_bytes(handout, style(size)))
    large = size is TextSize.ELDER
    assert (squeeze(f"最晚 {day_text(day)}") in paper.body) is large
    assert "12333" in paper.body
    laid = Laid(handout, size)
    sizes = {b.text(): _letters_of(b).fontPointSize() for b in laid.blocks()}
    wanted = round(LARGE * style(size).body, 1)
    found = [sizes.get(text) for text in (f"最晚 {day_text(day)}", "电话 12333")]
    assert found == ([wanted, wanted] if large else [None, None])
    assert "最晚" not in handout.text


def _letters_of(block: QTextBlock) -> QTextCharFormat:
    return block.begin().fragment().charFormat()


def test_a_doubt_stands_on_a_band_of_its_own(guide):
    """As it does on the screen, wherever it is told: at a step or about the whole."""
    view = guide.guide.page("card-replacement")
    handout = plan_document(make_plan(view.page, {}), view, TODAY)
    blocks = Laid(handout, TextSize.STANDARD).blocks()
    told = [
        b.blockFormat().background().color().name() for b in blocks if b.text().startswith("【")
    ]
    assert told
    assert set(told) == {"#f4f6f5"}
