"""``add``, ``documents`` and ``remove``: documents of one's own, from the console."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from yibao_desktop.domain.guide.items import Region
from yibao_desktop.domain.guide.origin import OWN
from yibao_desktop.domain.own.document import OwnDocument
from yibao_desktop.domain.own.proposals import Proposals
from yibao_desktop.domain.own.typed import place_typed
from yibao_desktop.errors import UserError
from yibao_desktop.services.own_looks import Look, Verdict
from yibao_desktop.services.own_service import Added, Choice

Json = dict[str, Any]


def choices(
    looks: Sequence[Look], options: argparse.Namespace, regions: Iterable[Region]
) -> list[Choice]:
    """What is to be added of the files looked at, as the options say.

    Raises:
        UserError: the options do not fit.
    """
    if options.title and len(looks) != 1:
        raise UserError("--title 只能在加一个文件的时候写。")
    region = place_typed(options.region, [*regions]) if options.region else None
    wanted = [look for look in looks if _is_wanted(look, options)]
    return [
        replace(
            kept := Choice.of(look),
            title=options.title or kept.title,
            folder=options.folder or kept.folder,
            region=region.code if region else kept.region,
            dated=options.date or kept.dated,
            valid_until=options.until or kept.valid_until,
            replaces=look.similar.id if look.similar and options.update else "",
            whole=options.whole,
        )
        for look in wanted
    ]


def _is_wanted(look: Look, options: argparse.Namespace) -> bool:
    if look.verdict is Verdict.SIMILAR:
        return bool(options.update or options.another)
    return look.verdict is Verdict.READY


def added_view(looks: Sequence[Look], added: Added) -> Json:
    """``add --json``."""
    by_digest = {document.digest: document.id for document in added.documents}
    failed = dict(added.failed)
    return {
        "files": [
            {
                "file": str(look.given.path),
                "verdict": look.verdict,
                "id": by_digest.get(look.digest) if not look.twin_file else None,
                "title": look.title,
                "twin": look.twin.id if look.twin else None,
                "similar": look.similar.id if look.similar else None,
                "said": failed.get(look.name, look.said),
                "proposals": _proposals_view(look.proposals),
            }
            for look in looks
        ],
        "added": [document_view(document) for document in added.documents],
    }


def _proposals_view(proposals: Proposals) -> Json:
    dated, until, region = proposals.dated, proposals.valid_until, proposals.region
    return {
        "number": proposals.number or None,
        "date": {"value": dated.value.isoformat(), "sentence": dated.sentence} if dated else None,
        "until": {"value": until.value.isoformat(), "sentence": until.sentence} if until else None,
        "region": {"value": region.value.code, "sentence": region.sentence} if region else None,
    }


def added_text(looks: Sequence[Look], added: Added) -> Iterator[str]:
    """``add``."""
    by_digest = {document.digest: document for document in added.documents}
    failed = dict(added.failed)
    for look in looks:
        name = look.name
        document = None if look.twin_file else by_digest.get(look.digest)
        if document:
            yield f"加好了：{name} → 《{document.title}》（{document.id}）"
            yield from _proposal_lines(look.proposals, document)
        else:
            hint = "要更新那一份，加 --update；要另存一份，加 --another。"
            said = failed.get(name, look.said)
            yield f"没有加：{name}。{said}{hint if look.verdict is Verdict.SIMILAR else ''}"
    yield f"一共 {len(looks)} 个文件，加了 {len(added.documents)} 份。"


def _proposal_lines(proposals: Proposals, document: OwnDocument) -> Iterator[str]:
    """What it seems to say of itself and nobody has confirmed."""
    dated, until, region = proposals.dated, proposals.valid_until, proposals.region
    if dated and document.dated is None:
        yield _proposed(f"日期可能是 {dated.value}", dated.sentence, f"--date {dated.value}")
    if until and document.valid_until is None:
        yield _proposed(f"可能有效到 {until.value}", until.sentence, f"--until {until.value}")
    if region and document.region is None:
        name = region.value.name
        yield _proposed(f"可能说的是{name}", region.sentence, f"--region {name}")


def _proposed(said: str, sentence: str, option: str) -> str:
    return f"   {said}（原文：{sentence}），没有记下；要记，写 {option}"


def document_view(document: OwnDocument) -> Json:
    """One of ``documents --json``."""
    return {
        "id": document.id,
        "title": document.title,
        "origin": OWN.code,
        "folder": document.folder or None,
        "file": document.file_name,
        "number": document.number or None,
        "region": document.region,
        "date": document.dated.isoformat() if document.dated else None,
        "until": document.valid_until.isoformat() if document.valid_until else None,
        "pages": document.pages or None,
        "added_at": document.added_at.isoformat(),
    }


def documents_text(documents: Sequence[OwnDocument]) -> Iterator[str]:
    """``documents``."""
    if not documents:
        yield "还没有加过资料；用 yibao add 加。"
        return
    for document in documents:
        folder = f"［{document.folder}］" if document.folder else ""
        yield f"{folder}{document.title}  ({document.id})  {document.file_name}"
    yield OWN.notice
