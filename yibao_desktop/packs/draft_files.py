"""A draft as the files of a pack."""

from __future__ import annotations

import datetime

from yibao_desktop.content.pack_files import MANIFEST, OVERLAYS, write_manifest, write_overlay
from yibao_desktop.content.schema import AnswersFile, QuestionsFile, RegionsFile, SourcesFile
from yibao_desktop.content.seed_writer import article_text, yaml_text
from yibao_desktop.domain.guide.items import Answer, Article, Region
from yibao_desktop.domain.guide.sources import Source, SourceDocument
from yibao_desktop.domain.packs.draft import Draft
from yibao_desktop.domain.packs.manifest import Manifest
from yibao_desktop.domain.packs.overlay import Change, Overlay
from yibao_desktop.domain.pages import Page
from yibao_desktop.domain.procedure.model import Procedure


def draft_manifest(draft: Draft, made_on: datetime.date) -> Manifest:
    """What the pack says of itself."""
    return Manifest(
        id=draft.pack,
        serial=draft.serial,
        title=draft.title,
        publisher=draft.publisher.strip(),
        regions=(draft.region,),
        made_on=made_on,
        contact=draft.contact.strip(),
    )


def draft_document(draft: Draft, made_on: datetime.date) -> SourceDocument:
    """The official text as a document of the sources."""
    day = draft.source_day or made_on
    return SourceDocument(draft.source_key.partition("#")[0], draft.source_title.strip(), day)


def draft_source(draft: Draft, made_on: datetime.date) -> Source:
    """The official text as the one passage everything rests on, its figures collected."""
    return Source(draft.source_key, draft.source_day or made_on, figures=draft.figures)


def draft_region(draft: Draft) -> Region:
    """The place as the list of regions has it."""
    name = draft.place.strip()
    return Region(draft.region, name, (name.removesuffix("市") or name,))


def overlay_files(draft: Draft, changes: tuple[Change, ...]) -> dict[str, str]:
    """Text of the file with what is different on a page of the guide, by its path."""
    return {
        f"{OVERLAYS}/{draft.page}.yaml": write_overlay(Overlay(draft.page, draft.region, changes))
    }


def page_files(page: Page, asked: tuple[str, ...]) -> dict[str, str]:
    """Text of the files of a page of one's own, by their paths.

    Args:
        page: as seeds of the guide would have it.
        asked: what people ask when it is the answer.
    """
    match page:
        case Article():
            files = {"articles/page.md": article_text(page)}
        case Procedure():
            files = {"procedures/page.yaml": yaml_text(page)}
        case Answer():
            files = {"answers/page.yaml": yaml_text(AnswersFile((page,)))}
        case _:
            raise TypeError(page)
    if asked:
        files["questions/page.yaml"] = yaml_text(QuestionsFile({page.id: asked}))
    return files


def common_files(draft: Draft, manifest: Manifest, *, new_place: bool) -> dict[str, str]:
    """Text of the files every pack has, by their paths.

    Args:
        draft: what was typed.
        manifest: what the pack says of itself.
        new_place: whether the guide does not know the place.
    """
    day = manifest.made_on
    sources = SourcesFile((draft_document(draft, day),), (draft_source(draft, day),))
    files = {MANIFEST: write_manifest(manifest), "sources.yaml": yaml_text(sources)}
    if new_place:
        files["regions.yaml"] = yaml_text(RegionsFile((draft_region(draft),)))
    return files
