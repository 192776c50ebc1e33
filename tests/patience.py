"""How long a test waits for what is sure to come: as long as a busy machine may take.

Whoever waits goes on as soon as it is so; only a test that fails takes all of it.
"""

from __future__ import annotations

from functools import partialmethod

from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

PATIENCE_S = 60
PATIENCE_MS = PATIENCE_S * 1000


class PatientBot(QtBot):
    """Qt's own bot waits five seconds, which is a measurement of the machine."""

    waitUntil = partialmethod(QtBot.waitUntil, timeout=PATIENCE_MS)
    waitSignal = partialmethod(QtBot.waitSignal, timeout=PATIENCE_MS)
    waitExposed = partialmethod(QtBot.waitExposed, timeout=PATIENCE_MS)
    waitActive = partialmethod(QtBot.waitActive, timeout=PATIENCE_MS)


def give_examples_time() -> None:
    """No test of many examples fails because one of them, or making them, took its time.

    All examples of a test share what its fixtures gave it.
    """
    unmeasured = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    settings.register_profile("patient", deadline=None, suppress_health_check=unmeasured)
    settings.load_profile("patient")
