"""A fresh process: opens the window and prints what every part of the start took.

    python parted_start.py FOLDER

FOLDER is a source tree of the program. Time belongs to what began last and has not ended yet: to
the package one of whose modules is being loaded, else to the step under way. What other threads do
is not counted. Prints ``{"painted": {part: ms}, "ready": {part: ms}}``, the second from the first
painting on.
"""

import importlib._bootstrap
import sys
from collections.abc import Callable
from threading import get_ident
from time import perf_counter
from typing import Any

PYTHON = "Python itself"
OWN = "import of our modules, and of the Qt classes they name"
STANDARD = "import of the standard library"
OTHERS = "import of other libraries"
LIBRARIES = {
    "PySide6": "import of PySide6",
    "shiboken6": "import of PySide6",
    "shibokensupport": "import of PySide6",
    "sqlalchemy": "import of SQLAlchemy",
    "jieba": "import of jieba",
    "pypinyin": "import of pypinyin",
    "yibao_desktop": OWN,
}
QT = "Qt starting, fonts, translations, theme"
BUILDING = "window built"
PAINTING = "laid out and painted"
OPENING = "content opened"
ANSWERING = "tree read and painted, question answered"
REST = "everything else"


class Account:
    """What each part took so far, in milliseconds, since this was made in this thread."""

    def __init__(self) -> None:
        self.took: dict[str, float] = {}
        self._open = [REST]
        self._since = perf_counter()
        self._thread = get_ident()

    def of(self, part: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """The same call, its time counted as a part's."""
        return lambda *given, **named: self.count(part, call, *given, **named)

    def count(self, part: str, call: Callable[..., Any], *given: Any, **named: Any) -> Any:
        if get_ident() != self._thread:
            return call(*given, **named)
        self.settle()
        self._open.append(part)
        try:
            return call(*given, **named)
        finally:
            self.settle()
            self._open.pop()

    def settle(self) -> None:
        """Charge what went by to the part that is under way."""
        now, part = perf_counter(), self._open[-1]
        self.took[part] = self.took.get(part, 0.0) + (now - self._since) * 1000
        self._since = now

    def take(self) -> dict[str, float]:
        """What was counted, to begin anew."""
        self.settle()
        took, self.took = self.took, {}
        return took


def part_of(module: str) -> str:
    """The part a module's loading belongs to."""
    package = module.partition(".")[0]
    if package in sys.stdlib_module_names:
        return STANDARD
    return LIBRARIES.get(package, OTHERS)


def count_imports(account: Account) -> None:
    """From now on the loading of every module is counted."""
    load = importlib._bootstrap._find_and_load  # type: ignore[attr-defined]

    def counted(name: str, import_: Any) -> Any:
        return account.count(part_of(name), load, name, import_)

    importlib._bootstrap._find_and_load = counted  # type: ignore[attr-defined]


def main(folder: str) -> None:
    account = Account()
    began = perf_counter()
    sys.path[0] = folder
    count_imports(account)
    import yibao_desktop.__main__ as program
    from yibao_desktop.ui.program import application

    for owner, name, part in (
        (application, "make_application", QT),
        (application.ThemeManager, "__init__", QT),
        (application.Desktop, "__init__", BUILDING),
        (application.Desktop, "appear", PAINTING),
        (application.Services, "open_guide", OPENING),
    ):
        setattr(owner, name, account.of(part, getattr(owner, name)))
    painted: dict[str, float] = {}
    wait = account.of(PAINTING, application.wait_for_paint)

    def wait_for_paint(*given: Any) -> None:
        wait(*given)
        painted.update(account.take())

    application.wait_for_paint = wait_for_paint
    answer = account.of(ANSWERING, lambda call: call())

    def measured(meter: Any) -> int:
        code: int = answer(lambda: measure(meter))
        tell(began, painted, account.take())
        return code

    from yibao_desktop.ui.program.start_meter import StartMeter

    measure = StartMeter.measure
    StartMeter.measure = measured  # type: ignore[method-assign]
    sys.exit(program.main(["yibao-desktop", "--measure-startup"]))


def tell(began: float, painted: dict[str, float], ready: dict[str, float]) -> None:
    import json

    from yibao_desktop.process_meter import milliseconds_running

    before = milliseconds_running() - (perf_counter() - began) * 1000
    print(json.dumps({"painted": {PYTHON: before, **painted}, "ready": ready}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
