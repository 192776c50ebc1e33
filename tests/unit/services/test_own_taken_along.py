"""Documents of one's own taken along in one file, and read in on another computer."""

from __future__ import annotations

import datetime
import json
import zipfile
from dataclasses import replace

import pytest

from tests.data import documents as made
from tests.own_documents import NOTICE, OTHER, add, one, own_service, write
from yibao_desktop.bootstrap import ContentServices
from yibao_desktop.errors import DataError, UserError
from yibao_desktop.paths import Paths
from yibao_desktop.services import own_parcel, transfer
from yibao_desktop.services.own_looks import Verdict
from yibao_desktop.services.own_parcel import write_parcel
from yibao_desktop.services.own_service import Choice
from yibao_desktop.services.own_shelf import Size, size_text
from yibao_desktop.services.own_transfer import (
    TakenAlong,
    read_documents,
    write_documents,
    write_everything,
)
from yibao_desktop.services.transfer import Records, read_records


@pytest.fixture
def elsewhere(paths, clock, tmp_path):
    """Another computer of the same user."""
    guide = ContentServices(Paths(paths.bundle, tmp_path / "另一台"), clock)
    service = own_service(guide, clock)
    yield service
    service.close()
    guide.close()


def test_documents_are_taken_along_with_ids_folders_and_originals(own, files, elsewhere, tmp_path):
    day = datetime.date(2026, 3, 5)
    first = one(own, files, folder="窗口", region="320000", dated=day)
    one(own, files, "缴费.docx", made.notice_docx())
    out = tmp_path / "资料.zip"
    assert write_documents(own, out) == TakenAlong(2, ())
    with pytest.raises(UserError, match="已经有"):
        write_documents(own, out)
    added = read_documents(elsewhere, out)
    assert (len(added.documents), added.failed) == (2, ())
    there = elsewhere.document(first.id)
    assert (there.title, there.folder, there.region, there.dated) == (
        first.title, "窗口", "320000", day,
    )  # fmt: skip
    assert elsewhere.original(first.id).read_bytes() == NOTICE.encode()
    again = read_documents(elsewhere, out)
    assert again.documents == ()
    assert "已经有了" in again.failed[0][1]


def test_a_document_without_its_original_stays_behind_and_is_named(own, files, elsewhere, tmp_path):
    lost = one(own, files)
    kept = one(own, files, "须知.txt", OTHER)
    own._originals.path(lost).write_bytes(b"spoilt")
    done = write_documents(own, tmp_path / "资料.zip")
    assert done == TakenAlong(1, (f"《{lost.title}》的原件坏了或者不在了，没有带上。",))
    assert [d.id for d in read_documents(elsewhere, tmp_path / "资料.zip").documents] == [kept.id]


def test_nothing_stands_under_the_name_of_a_file_that_cannot_be_written(own, files, tmp_path):
    one(own, files)
    out = tmp_path / "资料.zip"
    out.write_bytes(b"an older one")

    def fails(_document):
        raise OSError(28, "No space left on device")

    with pytest.raises(DataError, match="写不到"):
        write_parcel(out, own.documents(), fails, overwrite=True)
    with pytest.raises(DataError, match="读回来对不上"):
        write_parcel(out, own.documents(), lambda _: b"another", overwrite=True)
    assert out.read_bytes() == b"an older one"
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["资料.zip"]


def test_one_changed_on_both_computers_is_told_and_may_be_updated(own, files, elsewhere, tmp_path):
    first = one(own, files)
    out = tmp_path / "资料.zip"
    write_documents(own, out)
    read_documents(elsewhere, out)
    newer = replace(first, title="另一个名字")
    elsewhere.change(newer)
    changed = add(own, write(files, "通知.txt", NOTICE + "\n又加了一句。"), replaces=first.id)
    assert [d.id for d in changed.documents] == [first.id]
    out.unlink()
    write_documents(own, out)
    (look,) = elsewhere.look([out])
    assert (look.verdict, look.similar.id) == (Verdict.SIMILAR, first.id)
    (added,) = elsewhere.add([replace(Choice.of(look), replaces=first.id)]).documents
    assert added.id == first.id
    assert "又加了一句" in elsewhere.item(first.id).text


def test_any_other_zip_file_is_refused_as_one(own, files):
    for name, data in (("a.zip", b"PK\x03\x04half"), ("b.zip", made.packed({"x": "y"}))):
        (look,) = own.look([write(files, name, data)])
        assert look.verdict is Verdict.REFUSED


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"no zip",
        lambda data: data[: len(data) // 2],
        lambda data: made.packed({"documents.json": "[]"}),
        lambda data: made.packed({"documents.json": "{" * 100_000}),
        lambda data: data.replace(b"documents.json", b"documents.jsoN"),
    ],
)
def test_a_spoilt_file_of_documents_is_refused_whole(own, files, elsewhere, tmp_path, spoil):
    one(own, files)
    out = tmp_path / "资料.zip"
    write_documents(own, out)
    out.write_bytes(spoil(out.read_bytes()))
    with pytest.raises(UserError, match="坏了"):
        read_documents(elsewhere, out)
    assert elsewhere.documents() == []


def test_a_list_that_names_places_outside_is_taken_for_a_name(own, files, elsewhere, tmp_path):
    one(own, files)
    out = tmp_path / "资料.zip"
    write_documents(own, out)
    with zipfile.ZipFile(out) as archive:
        head, original = json.loads(archive.read("documents.json")), archive.read("0")
    head["documents"][0]["file"] = "../../../坏.txt"
    out.write_bytes(made.packed({"documents.json": json.dumps(head), "0": original}))
    (document,) = read_documents(elsewhere, out).documents
    assert "/" not in document.file_name
    assert not list(tmp_path.parent.glob("坏.txt"))


@pytest.mark.parametrize(("more", "read"), [(0, True), (-1, False)])
def test_a_list_is_read_up_to_the_length_it_may_have(
    own, files, elsewhere, tmp_path, monkeypatch, more, read
):
    one(own, files)
    out = tmp_path / "资料.zip"
    write_documents(own, out)
    with zipfile.ZipFile(out) as archive:
        length = archive.getinfo("documents.json").file_size
    monkeypatch.setattr(own_parcel, "MAX_LIST", length + more)
    assert own_parcel.documents_in(out) == int(read)


def test_all_there_is_goes_into_one_file_and_comes_out_of_it(
    own, files, elsewhere, services, tmp_path
):
    document = one(own, files)
    services.cases.start("card-replacement", "妈妈")
    settings, out = services.settings.current, tmp_path / "全部.zip"
    exported, along = write_everything(own, services.records, settings, out)
    assert (exported.cases, along) == (1, TakenAlong(1, ()))
    assert own_parcel.documents_in(out) == 1
    contents = read_records(out)
    assert [kept.case.nickname for kept in contents.records.cases] == ["妈妈"]
    assert [d.id for d in read_documents(elsewhere, out).documents] == [document.id]
    with pytest.raises(UserError, match="已经有"):
        write_everything(own, services.records, settings, out)
    write_everything(own, services.records, settings, out, overwrite=True)


def test_a_file_of_documents_alone_has_no_records_and_is_no_fault(own, files, tmp_path):
    one(own, files)
    out = tmp_path / "资料.zip"
    write_documents(own, out)
    assert read_records(out).records == Records()
    assert own_parcel.documents_in(files / "通知.txt") == 0


@pytest.mark.parametrize(
    "packed",
    [
        {"x": "y"},
        {"records.json": "{}"},
        {"records.json": "no records"},
        {"documents.json": "[]", "records.json": "\x00"},
    ],
)
def test_a_packed_file_that_holds_no_records_of_ours_is_refused(tmp_path, packed):
    file = tmp_path / "x.zip"
    file.write_bytes(made.packed(packed))
    with pytest.raises(UserError, match="导出的记录"):
        read_records(file)


def test_records_too_long_within_a_packed_file_are_refused(own, services, tmp_path, monkeypatch):
    out = tmp_path / "全部.zip"
    write_everything(own, services.records, services.settings.current, out)
    with zipfile.ZipFile(out) as archive:
        length = archive.getinfo("records.json").file_size
    monkeypatch.setattr(transfer, "MAX_BYTES", length)
    assert read_records(out).records.cases == ()
    monkeypatch.setattr(transfer, "MAX_BYTES", length - 1)
    with pytest.raises(UserError, match="导出的记录"):
        read_records(out)


def test_how_much_there_is_to_be_taken_along(own, files):
    assert own.size() == Size(0, 0)
    one(own, files, folder="窗口")
    one(own, files, "须知.txt", OTHER)
    assert own.size() == Size(2, len(NOTICE.encode()) + len(OTHER.encode()))
    known = own.known()
    assert known.folders == ["窗口"]
    assert "江苏省" in [region.name for region in known.regions]


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "1 KB"), (1024, "1 KB"), (1536, "2 KB"), (10_240, "10 KB"), (1_048_575, "1024 KB"),
     (1_048_576, "1.0 MB"), (2_621_440, "2.5 MB")],
)  # fmt: skip
def test_a_size_is_said_as_people_say_it(size, said):
    assert size_text(size) == said
