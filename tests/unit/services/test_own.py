"""Documents of one's own: looked at, added, replaced, removed, had back, found, and kept safe."""

from __future__ import annotations

import datetime
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from tests.data import documents as made
from tests.own_documents import NOTICE, OTHER, add, one, own_service, write
from yibao_desktop.domain.guide.items import Kind
from yibao_desktop.domain.guide.origin import OWN
from yibao_desktop.domain.own.document import OWN_ROOT
from yibao_desktop.errors import DataError, UserError
from yibao_desktop.search.results import Match
from yibao_desktop.services.guide_service import GuideService
from yibao_desktop.services.own_looks import MOST_FILES, Verdict
from yibao_desktop.services.own_service import Choice, OwnService
from yibao_desktop.services.search_service import SearchService
from yibao_desktop.store.backup import BackupFolder

# -- looking ---------------------------------------------------------------------------------------


def test_every_file_of_a_folder_gets_one_verdict(own, files):
    write(files, "a.txt", NOTICE)
    write(files, "里面/b.docx", made.notice_docx())
    write(files, "里面/扫描.pdf", made.scanned_pdf())
    write(files, "c.txt", NOTICE)
    write(files, ".隐藏.txt", OTHER)
    write(files, "~$b.docx", b"lock")
    looks = own.look([files])
    assert [(look.name, look.verdict) for look in looks] == [
        ("a.txt", Verdict.READY), ("c.txt", Verdict.TWIN),
        ("b.docx", Verdict.READY), ("扫描.pdf", Verdict.REFUSED),
    ]  # fmt: skip
    assert looks[1].said == "跟前面的 a.txt 一模一样。"
    assert "扫描件" in looks[3].said
    assert own.documents() == []


def test_what_a_paper_says_of_itself_is_proposed_with_its_sentence_and_not_set(own, files):
    text = "南京市门诊须知\n本须知有效期至2027年12月31日。\n发布日期：2025-11-03"
    (look,) = own.look([write(files, "x.txt", text)])
    found = look.proposals
    assert found.dated.value == datetime.date(2025, 11, 3)
    assert "发布日期" in found.dated.sentence
    assert found.valid_until.value == datetime.date(2027, 12, 31)
    assert found.region.value.name == "江苏省南京市"
    assert "南京市门诊须知" in found.region.sentence
    document = add(own, look.given.path).documents[0]
    assert (document.dated, document.valid_until, document.region) == (None, None, None)


def test_a_date_that_is_none_is_not_proposed(own, files):
    (look,) = own.look([write(files, "x.txt", "须知\n发布日期：2025年13月40日")])
    assert look.proposals.dated is None


def test_too_many_files_are_not_begun(own, files):
    for number in range(MOST_FILES + 1):
        write(files, f"{number}.txt", "x")
    with pytest.raises(UserError, match="一次最多"):
        own.look([files])


def test_looking_can_be_stopped_and_keeps_what_was_looked_at(own, files):
    paths = [write(files, f"{n}.txt", f"{n} 号通知，内容不一样。") for n in range(4)]
    seen = []
    looks = own.look(paths, seen.append, lambda: len(seen) >= 3)
    assert [look.name for look in looks] == ["0.txt", "1.txt"]
    assert [(p.done, p.whole) for p in seen] == [(0, 4), (1, 4), (2, 4)]


# -- adding ----------------------------------------------------------------------------------------


def test_a_document_is_there_with_its_text_and_its_original(own, files):
    document = one(own, files, folder="窗口")
    assert document.id.startswith("own--")
    assert (document.title, document.number) == ("关于溪口镇窗口搬家的通知", "溪医保〔2026〕7号")
    shutil.rmtree(files)
    assert own.original(document.id).read_bytes() == NOTICE.encode()
    assert own.original(document.id).name == "通知.txt"
    assert "龙津路十二号" in own.item(document.id).text
    assert own.folders() == ["窗口"]


def test_the_same_bytes_are_refused_and_their_twin_is_named(own, files):
    document = one(own, files)
    (look,) = own.look([write(files, "又一份.txt", NOTICE)])
    assert (look.verdict, look.twin) == (Verdict.TWIN, document)
    assert document.title in look.said
    added = own.add(
        [Choice(replace(look, reading=own.look([write(files, "z.txt", OTHER)])[0].reading), "x")]
    )
    assert not added.documents
    assert document.title in added.failed[0][1]
    assert own.documents() == [document]


@pytest.mark.parametrize("text", [NOTICE + "\n改了一句。", NOTICE.replace("搬家", "搬迁")])
def test_the_same_title_or_number_is_told_and_the_user_chooses(own, files, text):
    document = one(own, files)
    (look,) = own.look([write(files, "新.txt", text)])
    assert (look.verdict, look.similar) == (Verdict.SIMILAR, document)
    own.add([Choice(look, look.title)])
    assert len(own.documents()) == 2


def test_replacing_keeps_id_folder_and_place_and_the_old_text_is_found_no_more(own, files, search):
    document = one(own, files, folder="窗口", region="320000")
    (look,) = own.look([write(files, "新.txt", NOTICE.replace("龙津路", "青莲街"))])
    added = own.add([Choice(look, look.title, replaces=document.id)])
    (now,) = own.documents()
    assert added.changes.documents == {document.id}
    assert (now.id, now.folder, now.region) == (document.id, "窗口", "320000")
    assert now.file_name == "新.txt"
    assert [h.passage.item_id for h in search.own("青莲街").hits] == [f"{document.id}/s1"]
    assert search.own("龙津路").hits == ()


def test_two_files_of_one_title_in_a_row_are_told_and_both_kept(own, files):
    looks = own.look(
        [write(files, "a.txt", NOTICE), write(files, "b.txt", NOTICE + "\n再说一句。")]
    )
    assert "各存一份" in looks[1].said
    own.add([Choice(look, look.title) for look in looks])
    assert len(own.documents()) == 2


def test_a_file_that_changed_since_it_was_looked_at_is_not_taken(own, files):
    (look,) = own.look([write(files, "a.txt", NOTICE)])
    write(files, "a.txt", OTHER)
    added = own.add([Choice(look, look.title)])
    assert (added.documents, added.failed[0][0]) == ((), "a.txt")
    assert own.documents() == []


def test_adding_can_be_stopped_and_what_was_added_stays(own, files):
    looks = own.look([write(files, f"{n}.txt", f"{n} 号通知，内容不一样。") for n in range(4)])
    done = []
    added = own.add(
        [Choice(look, look.title) for look in looks], done.append, lambda: len(done) >= 2
    )
    assert (len(added.documents), added.stopped) == (2, True)
    assert len(own.documents()) == 2


def test_a_web_page_can_be_kept_whole(own, files):
    path = write(files, "页.html", made.web_page())
    assert "互动交流" not in own.item(add(own, path).documents[0].id).text
    own.remove(own.documents()[0].id)
    assert "互动交流" in own.item(add(own, path, whole=True).documents[0].id).text


def test_a_shared_counter_can_forbid_adding(guide, clock, files):
    service = OwnService(guide.paths, clock, list, lambda: guide.search.segmenter, lambda: False)
    for act in (lambda: service.look([files]), lambda: service.add([])):
        with pytest.raises(UserError, match="不让加"):
            act()


# -- sorting and removing --------------------------------------------------------------------------


def test_a_document_can_be_named_and_sorted_anew(own, files, search):
    document = one(own, files)
    own.change(replace(document, title="窗口新地址", folder="常用"))
    assert own.documents()[0].folder == "常用"
    assert [h.passage.title for h in search.own("窗口新地址").hits] == ["窗口新地址"]
    with pytest.raises(UserError, match="名字"):
        own.change(replace(document, title="  "))


def test_what_was_removed_is_gone_everywhere_and_can_be_had_back(own, files, search):
    document = one(own, files)
    own.remove(document.id)
    assert (own.documents(), own.item(document.id), search.own("龙津路").hits) == ([], None, ())
    with pytest.raises(UserError):
        own.original(document.id)
    own.put_back(document.id)
    assert own.documents() == [document]
    assert len(search.own("龙津路").hits) == 1
    with pytest.raises(UserError):
        own.put_back(document.id)


def test_what_was_added_again_is_not_had_back_a_second_time(own, files):
    document = one(own, files)
    own.remove(document.id)
    again = one(own, files)
    with pytest.raises(UserError, match="又加了一份"):
        own.put_back(document.id)
    assert own.documents() == [again]


def test_what_was_removed_long_ago_is_forgotten_with_its_original(own, files, guide, clock):
    gone, kept = one(own, files), one(own, files, "b.txt", OTHER)
    own.remove(gone.id)
    own.close()
    clock.go_on(days=31)
    assert own.removed() == []
    names = {path.stem for path in guide.paths.originals.iterdir()}
    assert names == {kept.digest}


# -- reading and finding ---------------------------------------------------------------------------


def test_documents_stand_under_a_root_of_their_own(own, files, guide):
    service = GuideService(guide.content, own)
    assert service.own_entries() == []
    sorted_in = one(own, files, folder="窗口")
    loose = one(own, files, "b.txt", OTHER)
    entries = service.own_entries()
    assert [(e.title, e.kind) for e in entries] == [
        ("本地资料", Kind.TOPIC), (loose.title, Kind.ARTICLE),
        ("窗口", Kind.TOPIC), (sorted_in.title, Kind.ARTICLE),
    ]  # fmt: skip
    assert {e.origin for e in entries} == {OWN}
    view = service.page(f"{sorted_in.id}/s1")
    assert [item.title for item in view.path] == ["本地资料", "窗口"]
    assert (view.item.id, view.focus, view.own) == (sorted_in.id, f"{sorted_in.id}/s1", sorted_in)
    assert view.before.id == loose.id
    assert [child.id for child in service.view(OWN_ROOT).children] == [loose.id, entries[2].id]
    assert service.show(f"{sorted_in.id}/s1").item.origin == OWN
    assert not service.has("own--000000000000")


def test_own_text_is_found_apart_and_never_answers_for_the_guide(own, files, guide, search):
    one(own, files)
    alone = guide.search.search("卡丢了怎么办")
    both = search.search("卡丢了怎么办")
    assert (both.hits, both.match) == (alone.hits, Match.DIRECT)
    found = search.search("溪口镇窗口搬到哪里了")
    assert found.match is not Match.DIRECT
    assert (found.own.first, found.own.hits[0].passage.origin) == (True, OWN)
    assert "龙津路" in found.own.hits[0].snippet.text


def test_the_guide_comes_first_where_it_answers(own, files, search):
    one(own, files, "c.txt", "卡丢了怎么办\n卡丢了怎么办，先打电话。")
    found = search.search("卡丢了怎么办")
    assert (found.match, found.own.first) == (Match.DIRECT, False)
    assert found.own.hits


def test_one_shared_word_is_not_an_answer(own, files, search):
    one(own, files)
    found = search.search("溪口镇有没有游泳池和滑冰场")
    assert not found.own.first


@pytest.mark.parametrize("word", ["窗口", "搬家", "龙津路", "十二号", "周六", "溪口镇", "开门"])
def test_words_of_two_characters_and_unknown_names_are_found(own, files, search, word):
    document = one(own, files)
    assert [h.passage.item_id for h in search.own(word).hits] == [f"{document.id}/s1"]
    assert search.own("狮子座").hits == ()


def test_three_are_shown_and_the_rest_is_counted_those_of_elsewhere_last(own, files, search):
    for number in range(5):
        region = "110000" if number == 0 else None
        one(own, files, f"{number}.txt", f"第{number}份\n溪口镇的事，之{number}。", region=region)
    found = search.search("溪口镇", region="320100").own
    assert (len(found.hits), found.more) == (3, 2)
    every = search.own("溪口镇", region="320100").hits
    assert [h.passage.region and h.passage.region.code for h in every] == [None] * 4 + ["110000"]


def test_a_passage_leads_to_its_section_and_long_ones_are_divided(own, files, search):
    text = (
        "一、头一件事\n" + "头一件事说的是缴费。\n" * 200 + "二、后一件事\n后一件事说的是青莲街。"
    )
    document = one(own, files, "长.txt", text)
    (hit,) = search.own("青莲街").hits
    assert (hit.passage.item_id, hit.passage.heading) == (f"{document.id}/s2", "二、后一件事")
    assert len(search.own("头一件事").hits) > 3


# -- kept safe -------------------------------------------------------------------------------------


def test_documents_are_backed_up_and_come_back_when_the_file_is_damaged(own, files, guide, clock):
    document = one(own, files)
    own.close()
    path = guide.paths.own_database
    assert len(BackupFolder(path).all()) == 1
    data = bytearray(path.read_bytes())
    data[3000:9000] = b"\xff" * 6000
    path.write_bytes(data)
    again = own_service(guide, clock)
    assert again.documents() == [document]
    assert "您加的资料" in again.news
    assert "的备份恢复" in again.news
    assert SearchService(guide.content, guide.paths.resources, again).own("龙津路").hits
    again.close()


def test_a_damaged_original_is_told_and_the_text_stays(own, files, guide):
    document = one(own, files)
    copy = next(guide.paths.originals.iterdir())
    copy.write_bytes(b"x" + copy.read_bytes()[1:])
    with pytest.raises(DataError, match="原件"):
        own.original(document.id)
    assert "龙津路" in own.item(document.id).text


def test_nothing_is_made_where_nothing_was_added(own, guide):
    assert own.documents() == []
    assert own.items() == []
    assert not guide.paths.own_database.parent.exists()


def test_an_index_of_another_edition_is_made_anew(own, files, search):
    one(own, files)
    with own._database().writing() as unit:
        unit.session.connection().exec_driver_sql("UPDATE own_meta SET value = 'old'")
        unit.session.connection().exec_driver_sql("DELETE FROM own_passage")
        unit.commit()
    assert len(search.own("龙津路").hits) == 1


@pytest.mark.parametrize(
    ("dated", "until", "said"),
    [(None, None, ""), ("2025-01-01", None, ""), ("2023-01-01", None, "过了两年"),
     ("2025-01-01", "2026-01-01", "有效期"), (None, "2027-01-01", "")],
)  # fmt: skip
def test_what_is_old_or_past_its_time_says_so(own, files, dated, until, said):
    day = datetime.date.fromisoformat
    document = one(own, files, dated=dated and day(dated), valid_until=until and day(until))
    told = document.outdated(datetime.date(2026, 6, 1))
    assert said in told if said else told == ""


def test_an_index_that_something_else_changed_is_made_anew(own, files, guide, clock):
    one(own, files)
    own.close()
    with closing(sqlite3.connect(guide.paths.own_database)) as connection:
        spoilt = (
            "UPDATE own_pair_data SET block = CAST(zeroblob(length(block)) AS BLOB) WHERE id > 10"
        )
        assert connection.execute(spoilt).rowcount
        connection.commit()
    again = own_service(guide, clock)
    results = SearchService(guide.content, guide.paths.resources, again).own("溪口镇窗口搬到哪里了")
    assert "被改动过" in again.news
    assert [hit.passage.title for hit in results.hits] == ["关于溪口镇窗口搬家的通知"]
    again.close()
