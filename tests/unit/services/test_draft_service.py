"""Drafts are begun from what is there, and exported as signed packs that say what was typed."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from yibao_desktop.domain.guide.items import Article, Section
from yibao_desktop.domain.guide.text import NO_TEXT, Body, Paragraph, RichText
from yibao_desktop.domain.packs.draft import CardKind, DraftKind, Edit
from yibao_desktop.domain.packs.overlay import PartKind
from yibao_desktop.errors import UserError
from yibao_desktop.packs.keys import SecretKey
from yibao_desktop.packs.making import signed_manifest
from yibao_desktop.packs.pack_file import read_pack
from yibao_desktop.services.draft_service import DraftService, NewEdition

PASSWORD = "chun-shui-shi"
OTHER_KEY = SecretKey(b"87654321", bytes(range(1, 33))).public.text
EDITION = NewEdition("工本费\n\n 申请表 ", " 李梅 ")


@pytest.fixture
def drafts(paths, clock):
    return DraftService(paths, clock)


@pytest.fixture
def overlay(drafts):
    draft = replace(
        drafts.begin(DraftKind.OVERLAY, "card-replacement"),
        publisher="春水市医疗保障服务中心",
        place="春水市",
        region="229900",
        source_title="补卡须知",
        source_text="工本费20元。",
    )
    return draft.with_edit(Edit(PartKind.STEP, "pay-fee", {"fee": "工本费 20 元"}))


def test_an_edition_says_all_that_was_filled_in(drafts, overlay, clock):
    until = clock.today() + datetime.timedelta(days=365)
    edition = replace(
        EDITION, valid_until=until, min_program="0.1.0", revokes="1 2", next_key=OTHER_KEY
    )
    made = drafts.export(overlay, edition, PASSWORD)
    manifest = signed_manifest(read_pack(made.content))
    assert manifest.changes == ("工本费", "申请表", "第二个读过的人：李梅")
    assert (manifest.valid_until, manifest.min_program) == (until, "0.1.0")
    assert (manifest.revokes, manifest.next_key) == (("1", "2"), OTHER_KEY)
    assert (manifest.serial, made.draft.serial) == (1, 1)
    assert drafts.drafts() == [made.draft]
    again = drafts.export(made.draft, EDITION, PASSWORD)
    assert signed_manifest(read_pack(again.content)).serial == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"note": " "}, "改了什么"),
        ({"reader": " 春水市医疗保障服务中心 "}, "另找一个人"),
        ({"next_key": "RW123"}, "公钥写得不对"),
        ({"min_program": "最新"}, "程序版本"),
        ({"valid_until": datetime.date(2020, 1, 1)}, "有效期"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_a_key_is_made(drafts, overlay, change, said):
    with pytest.raises(UserError, match=said):
        drafts.export(overlay, replace(EDITION, **change), PASSWORD)
    assert not drafts.has_key


def test_a_document_is_what_a_page_begun_from_it_rests_on(drafts):
    text = Body((Paragraph(RichText.of("先挂失，再补办。")), Paragraph(RichText.of("交 20 元。"))))
    parts = (Section("a", "", (), text),)
    document = Article("own--1", "春水市补卡须知", "own--documents", NO_TEXT, (), parts)
    draft = drafts.begin_with(DraftKind.PROCEDURE, document)
    assert (draft.source_title, draft.figures) == (document.title, ("20",))
    titles = [edit.texts.get("title", "") for edit in draft.parts(PartKind.STEP)]
    assert titles == ["先挂失", ""]  # no figure stands in a title
    assert drafts.drafts() == [draft]
    article = drafts.begin_with(DraftKind.ARTICLE, document)
    assert [e.texts["text"] for e in article.parts(CardKind.SECTION)] == [text.plain]
