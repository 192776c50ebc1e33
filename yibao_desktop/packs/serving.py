"""The process of its own: carries out one order, see ``packs.building``."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from yibao_desktop.content.problems import ContentError
from yibao_desktop.errors import YibaoError
from yibao_desktop.packs.building import Order
from yibao_desktop.packs.merging import done


def serve() -> int:
    """Read an order from standard input, and carry it out."""
    sys.stdout.reconfigure(encoding="utf-8", line_buffering=True)  # type: ignore[union-attr]
    try:
        data = json.loads(sys.stdin.buffer.read())
        order = Order(**{**data, "packs": tuple(data["packs"])})
        _say({"outcome": asdict(done(order, lambda stage: _say({"stage": stage})))})
    except ContentError as error:
        _say({"problems": [str(problem) for problem in error.problems]})
    except YibaoError as error:
        _say({"error": str(error), "hint": error.hint})
    return 0


def _say(message: dict[str, Any]) -> None:
    print(json.dumps(message, ensure_ascii=False), flush=True)
