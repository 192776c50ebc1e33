"""Whose key, which edition: what comes in, what is refused, and what is learnt of it."""

import datetime
from dataclasses import replace

import pytest

from yibao_desktop.domain.packs.manifest import Manifest
from yibao_desktop.packs.keys import PublicKey
from yibao_desktop.packs.trust import WORDS, Trusted, Verdict, judge, learnt

OLD, NEW, THIEF = (PublicKey(b"12345678", bytes([n]) * 32) for n in (1, 2, 3))


def edition(serial: int, **said: object) -> Manifest:
    day = datetime.date(2026, 11, 1)
    return replace(Manifest("chunshi", serial, "包", "局", ("229900",), day), **said)


def known(*editions: tuple[PublicKey, Manifest]) -> Trusted | None:
    trusted = None
    for key, manifest in editions:
        trusted = learnt(key, manifest, trusted)
    return trusted


@pytest.mark.parametrize(
    ("key", "manifest", "before", "verdict"),
    [
        (OLD, edition(5), None, Verdict.FIRST),
        (OLD, edition(6), known((OLD, edition(5))), Verdict.UPDATE),
        (OLD, edition(5), known((OLD, edition(5))), Verdict.SAME),
        (OLD, edition(4), known((OLD, edition(5))), Verdict.OLDER),
        (THIEF, edition(6), known((OLD, edition(5))), Verdict.OTHER_KEY),
        (NEW, edition(1), known((OLD, edition(5, next_key=NEW.text))), Verdict.NEXT_KEY),
        (THIEF, edition(9), known((OLD, edition(5, next_key=NEW.text))), Verdict.OTHER_KEY),
        (OLD, edition(4), known((OLD, edition(5, revokes=("4",)))), Verdict.REVOKED),
    ],
)
def test_what_is_thought_of_a_pack(
    key: PublicKey, manifest: Manifest, before: Trusted | None, verdict: Verdict
) -> None:
    assert judge(key, manifest, before, ()) is verdict


def test_a_new_key_counts_its_own_editions_and_can_call_the_old_one_void() -> None:
    before = known((OLD, edition(5, next_key=NEW.text)), (NEW, edition(1, revokes=(OLD.text, "7"))))
    assert judge(NEW, edition(2), before, ()) is Verdict.UPDATE
    assert judge(OLD, edition(6), before, ()) is Verdict.REVOKED
    assert judge(NEW, edition(7), before, ()) is Verdict.REVOKED


def test_a_pack_cannot_call_void_a_key_that_was_never_its_own() -> None:
    before = known((OLD, edition(5)), (OLD, edition(6, revokes=(THIEF.text,))))
    assert before is not None
    assert before.revoked == ()


def test_a_release_of_the_program_can_call_any_key_void() -> None:
    assert judge(OLD, edition(1), None, {OLD.text}) is Verdict.REVOKED


def test_every_refusal_says_the_way_out_and_the_first_time_what_a_signature_proves() -> None:
    assert all(any(w in WORDS[v] for w in ("请", "退回")) for v in Verdict if v.is_refused)
    assert "不能证明它真是这个单位发布的" in WORDS[Verdict.FIRST]
