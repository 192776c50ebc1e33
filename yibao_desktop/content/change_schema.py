"""How one change of an overlay is written: its kind and target, what it was and what it is to be.

``material: recent-photo`` with ``was`` and ``to`` changes a part, with ``to`` alone adds one, with
``was`` alone removes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cattrs import Converter
from cattrs.errors import AttributeValidationNote, ClassValidationError

from yibao_desktop.content.problems import Mistake
from yibao_desktop.content.seed_writer import to_data
from yibao_desktop.domain.packs.overlay import PART_TYPES, Change, Overlay, Part, PartKind
from yibao_desktop.domain.procedure.model import Line

_WORDS = ("was", "to", "after", "steps", "sources")


def change_from_data(converter: Converter, value: Any) -> Change:
    """A change from its written form.

    Raises:
        Mistake: it has another shape.
        ClassValidationError: something within it is wrong; notes say where.
    """
    kind = _kind(value)
    read: dict[str, Any] = {}
    errors: list[Exception] = []
    for name, wanted in (
        (kind.value, str),
        ("was", PART_TYPES[kind]),
        ("to", PART_TYPES[kind]),
        ("after", str),
        ("steps", tuple[str, ...]),
        ("sources", tuple[str, ...]),
    ):
        if name in value:
            try:
                read[name] = converter.structure(_identified(value, name, kind), wanted)
            except Exception as error:  # gathered and raised together below
                error.add_note(AttributeValidationNote("", name, wanted))
                errors.append(error)
    if errors:
        raise ClassValidationError("", errors, Change)
    change = Change(kind=kind, target=read.pop(kind.value), **read)
    if change.faults:
        raise Mistake(change.faults[0])
    return change


def _kind(value: Any) -> PartKind:
    kinds = "、".join(PartKind)
    if not isinstance(value, dict):
        raise Mistake(f"一条改动要写成“{PartKind.FACT}: 编号”这样，可以写：{kinds}")
    named = [kind for kind in PartKind if kind in value]
    if len(named) != 1:
        raise Mistake(f"一条改动要写明改哪一类、哪一个，写一个就够：{kinds}")
    unknown = value.keys() - {named[0], *_WORDS}
    if unknown:
        raise Mistake(f"不认识“{sorted(unknown)[0]}”；可以写：{'、'.join(_WORDS)}")
    return named[0]


def _identified(value: dict[str, Any], name: str, kind: PartKind) -> Any:
    """What is written under a name; a part need not repeat the id that the change names."""
    given = value[name]
    if name not in ("was", "to") or kind is PartKind.LINE or not isinstance(given, dict):
        return given
    return {"id": value[kind.value], **given}


def overlay_to_data(overlay: Overlay) -> dict[str, Any]:
    """An overlay as it is written in a file."""
    return {
        "page": overlay.page,
        "region": overlay.region,
        "changes": [dict(_change_to_data(change)) for change in overlay.changes],
    }


def _change_to_data(change: Change) -> Iterator[tuple[str, Any]]:
    yield change.kind.value, change.target
    for name, part in (("was", change.was), ("to", change.to)):
        if part is not None:
            yield name, _part_to_data(part)
    for name in ("after", "steps", "sources"):
        given = getattr(change, name)
        if given:
            yield name, to_data(given)


def _part_to_data(part: Part) -> Any:
    data = to_data(part)
    return data if isinstance(part, Line | str) else {k: v for k, v in data.items() if k != "id"}
