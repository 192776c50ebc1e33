"""Texts that mean much the same point much the same way, and questions are recognised by others."""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

import yibao_desktop.search.meaning  # noqa: F401 - before numpy: it keeps that to one thread
from tests.conftest import ROOT
from yibao_desktop.bootstrap import ContentServices
from yibao_desktop.errors import DataError
from yibao_desktop.paths import ENCODER_FILE, Paths
from yibao_desktop.search.meaning import Encoder
from yibao_desktop.search.meanings import packed, unpacked
from yibao_desktop.search.recogniser import Example, Recogniser, grams, learn, to_data
from yibao_desktop.search.results import Match
from yibao_desktop.search.segmenter import Segmenter

RESOURCES = ROOT / "resources"


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(RESOURCES / ENCODER_FILE)


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("身上没带卡", "忘记带医保卡了", "怎么交钱"),
        ("宝宝刚生下来", "新生儿", "退休老人"),
        ("怎么交合作医疗", "新农合在哪里缴费", "卡丢了怎么补"),
        ("换了工作单位", "跳槽到另一个公司", "住院押金"),
    ],
)
def test_what_means_much_the_same_is_near(encoder, text, near, far):
    own, like, other = encoder.encode([text, near, far])
    assert own @ like > own @ other + 0.1


def test_directions_do_not_depend_on_what_else_is_read(encoder):
    alone = encoder.encode(["医保卡丢了怎么办"])
    together = encoder.encode(["好", "医保卡丢了怎么办", "一个长得多的句子，说的是别的事情"])
    assert alone[0] == pytest.approx(together[1], abs=1e-5)
    assert (alone**2).sum() == pytest.approx(1, abs=1e-5)
    assert encoder.encode([]).shape == (0, encoder.size)


def test_any_text_has_a_direction(encoder):
    found = encoder.encode(["", " ", "\ue000", "😀", "カタカナ", "xyzzy", "卡" * 5_000])
    assert (abs((found**2).sum(axis=1) - 1) < 1e-4).all()


def test_a_stored_direction_is_the_same_but_for_the_last_digits(encoder):
    (direction,) = encoder.encode(["医保"])
    assert unpacked(packed(direction)) == pytest.approx(direction, abs=1e-3)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04" + b"\0" * 100])
def test_a_spoilt_model_is_told(tmp_path, content):
    path = tmp_path / "encoder.npz"
    path.write_bytes(content)
    with pytest.raises(DataError, match="认意思"):
        Encoder(path)


def test_a_model_is_read_whatever_order_its_numbers_lie_in(tmp_path, encoder):
    import numpy as np

    other, texts = tmp_path / "encoder.npz", ["卡丢了怎么办", "异地就医备案"]
    with np.load(RESOURCES / ENCODER_FILE) as file:
        np.savez(other, **{name: np.asfortranarray(file[name]) for name in file.files})
    assert Encoder(other).encode(texts) == pytest.approx(encoder.encode(texts), abs=1e-5)


def test_a_model_that_cannot_be_used_where_it_lies_is_told(tmp_path):
    import numpy as np

    compressed, short = tmp_path / "compressed.npz", tmp_path / "short.npz"
    with np.load(RESOURCES / ENCODER_FILE) as file:
        np.savez_compressed(compressed, **{name: file[name] for name in file.files})
    short.write_bytes((RESOURCES / ENCODER_FILE).read_bytes()[:4_000_000])
    for path in (compressed, short):
        with pytest.raises(DataError, match="认意思"):
            Encoder(path)


def test_an_example_is_wholly_like_itself_in_wording(encoder, guide):
    """And more so than like any other, however often it says the same."""
    segmenter: Segmenter = guide.search.segmenter
    texts = ["卡卡卡卡卡卡丢失", "卡丢了怎么办", "门诊门诊门诊报销", "明天天气"]
    counts = [grams(text, segmenter) for text in texts]
    examples = [Example(text, number) for number, text in enumerate(texts, 1)]
    found = Recogniser(learn(examples, counts, encoder.encode(texts)))
    for number, own in enumerate(counts):
        alike = found._worded(own)
        assert alike[number] == pytest.approx(1, abs=2e-3)
        assert alike.argmax() == number


def test_a_question_is_recognised_by_the_examples(encoder, guide):
    segmenter: Segmenter = guide.search.segmenter
    given = {
        1: ["卡丢了怎么办", "卡找不到了", "卡掉了去哪补"],
        2: ["生孩子报多少", "顺产能报吗", "剖腹产报销"],
        -1: ["养老金怎么领", "退休金多少"],
        -2: ["明天天气", "会下雨吗"],
    }
    examples = [Example(t, n, outside=n == -2) for n, texts in given.items() for t in texts]
    texts = [example.text for example in examples]
    counts = [grams(text, segmenter) for text in texts]
    learnt = to_data(learn(examples, counts, encoder.encode(texts)))
    assert learnt == to_data(learn(examples, counts, encoder.encode(texts)))
    recogniser = Recogniser.from_data(learnt)

    def ask(question):
        return recogniser.recognise(grams(question, segmenter), encoder.encode([question])[0])

    lost = ask("我的卡丢了")
    assert lost.scores[1] > max(lost.scores[2], lost.untreated_score, lost.outside)
    assert lost.typical[1] > lost.typical[2]
    pension = ask("养老金能领多少")
    assert pension.untreated == 0
    assert pension.untreated_score > max(*pension.scores.values(), pension.outside)
    assert ask("今天天气怎么样").outside > pension.outside
    assert recogniser.recognise(Counter(), encoder.encode([""])[0]).scores.keys() == {1, 2}


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("这种靶向药进医保了吗", "某种药在不在医保目录里"),
        ("白内障手术能报吗", "某种检查、治疗能不能报"),
    ],
)
def test_what_no_source_tells_is_named(guide, question, subject):
    found = guide.search.search(question)
    assert found.match is Match.NEAR
    assert found.untreated == subject
    assert subject in (guide.search.suggestion(found) or "")


@pytest.fixture
def without_encoder(bundle: Path, tmp_path: Path) -> Paths:
    """The guide where the model is missing."""
    paths = Paths(tmp_path / "bundle", tmp_path)
    shutil.copytree(bundle / "db", paths.bundle / "db", symlinks=True)
    (paths.bundle / "seeds").symlink_to(ROOT / "seeds")
    shutil.copytree(RESOURCES, paths.resources, ignore=shutil.ignore_patterns("meaning"))
    return paths


def test_without_the_encoder_search_goes_by_words(without_encoder, clock):
    with closing(ContentServices(without_encoder, clock)) as guide:
        found = guide.search.search("医保卡丢了怎么办")
        assert found.match is Match.DIRECT
        assert found.hits[0].passage.item_id.startswith("card-replacement")
        assert guide.search.search("今天天气怎么样").match is Match.NONE
