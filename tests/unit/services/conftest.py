"""What tests of several services share: a case that was begun, and documents of one's own."""

from __future__ import annotations

import pytest

from tests.own_documents import own_service
from yibao_desktop.domain.procedure.model import CHANNEL
from yibao_desktop.domain.records.commands import Answer
from yibao_desktop.services.search_service import SearchService

WINDOW = {"card": ("physical",), CHANNEL: ("window",)}


@pytest.fixture
def cases(services):
    return services.cases


@pytest.fixture
def started(cases):
    view = cases.start("card-replacement", "妈妈")
    cases.apply(view.case.id, Answer(WINDOW))
    return view.case.id


@pytest.fixture
def own(guide, clock):
    service = own_service(guide, clock)
    yield service
    service.close()


@pytest.fixture
def search(guide, own):
    return SearchService(guide.content, guide.paths.resources, own)


@pytest.fixture
def files(tmp_path):
    return tmp_path / "资料"
