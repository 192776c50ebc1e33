"""A busy machine makes no test fail."""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module

from hypothesis import HealthCheck, settings
from hypothesis import is_hypothesis_test as tries_examples

import tests.unit


def test_no_test_of_many_examples_is_told_by_the_clock():
    tried = []
    for found in pkgutil.walk_packages(tests.unit.__path__, "tests.unit."):
        for name, test in inspect.getmembers(import_module(found.name), inspect.isfunction):
            if tries_examples(test):
                own = getattr(test, "_hypothesis_internal_use_settings", None) or settings.default
                assert own.deadline is None, name
                assert HealthCheck.too_slow in own.suppress_health_check, name
                tried.append(name)
    assert len(tried) > 10
