"""What is built, and that it is built once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from yibao_desktop.bootstrap import Opened, Services
from yibao_desktop.errors import DataError

THREADS = 8


def test_it_is_made_once_however_many_ask_at_the_same_time():
    barrier, made = threading.Barrier(THREADS), []
    both = threading.Event()

    def make():
        made.append(object())
        both.wait(0.05)  # long enough for another to come in, if it could
        return made[-1]

    opened = Opened(make)

    def ask(_):
        barrier.wait()
        return opened.get()

    with ThreadPoolExecutor(THREADS) as pool:
        got = list(pool.map(ask, range(THREADS)))
    assert len(made) == 1
    assert set(map(id, got)) == {id(made[0])}


def test_what_failed_is_tried_again_and_what_is_taken_back_made_anew():
    outcomes = iter([DataError("不行"), "一", "二"])

    def make():
        outcome = next(outcomes)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    opened = Opened(make)
    with pytest.raises(DataError):
        opened.get()
    assert opened.taken_back() is None
    assert (opened.get(), opened.get()) == ("一", "一")
    assert opened.taken_back() == "一"
    assert opened.get() == "二"


@pytest.mark.parametrize("name", ["cases", "reading", "records", "guide", "search", "procedures"])
def test_every_service_is_the_same_for_all_threads(paths, clock, name):
    services = Services(paths, clock)
    barrier = threading.Barrier(THREADS)

    def ask(_):
        barrier.wait()
        return getattr(services, name)

    with ThreadPoolExecutor(THREADS) as pool:
        assert len(set(map(id, pool.map(ask, range(THREADS))))) == 1
    services.close()
