"""What is offered first fits the place, for every place and every procedure of the guide."""

from __future__ import annotations

from dataclasses import replace

import pytest

from yibao_desktop.domain.guide.items import one_place
from yibao_desktop.domain.procedure.interview import Interview, all_questions
from yibao_desktop.domain.procedure.model import CHANNEL, UNSURE
from yibao_desktop.domain.procedure.places import local_first
from yibao_desktop.domain.procedure.plan import make_plan


def is_elsewhere(channel, region):
    if channel.region is None:
        return False
    return region is None or not one_place(region, channel.region)


def places(content):
    return [None, *(region.code for region in content.regions())]


def offered(procedure, region):
    """The channels in the order they are offered in when they are asked for."""
    local = local_first(procedure, region)
    question = next((q for q in all_questions(local) if q.id == CHANNEL), None)
    if question is None:
        return list(local.channels)
    return [local.channel(o.id) for o in Interview(local, {}).options(question)]


def test_no_place_is_offered_the_way_of_another_before_its_own(content, procedures):
    tied = 0
    for region in places(content):
        for procedure in procedures.values():
            elsewhere = [is_elsewhere(channel, region) for channel in offered(procedure, region)]
            assert elsewhere == sorted(elsewhere), f"{procedure.id} in {region}"
            tied += any(elsewhere)
            assert not elsewhere or not elsewhere[0], f"{procedure.id} in {region}"
    assert tied, "no procedure has a channel tied to a place: this tries nothing"


def test_zhejiang_is_not_sent_to_the_application_of_shanghai(procedures):
    names = [c.id for c in offered(procedures["family-pooling"], "330000")]
    assert names[-1] == "suishenban"
    assert offered(procedures["family-pooling"], "310000")[0].id == "suishenban"


def test_who_does_not_know_is_not_sent_to_the_way_of_another_place(content, procedures):
    for procedure in procedures.values():
        for region in places(content):
            plan = make_plan(local_first(procedure, region), {CHANNEL: (UNSURE,)})
            if plan.channel is not None:
                assert not is_elsewhere(plan.channel, region), f"{procedure.id} in {region}"


@pytest.mark.parametrize(("region", "first"), [("310000", "b"), ("330000", "a"), (None, "a")])
def test_ways_of_no_place_stand_between(procedures, region, first):
    procedure = procedures["family-pooling"]
    national, *_ = procedure.channels
    tied = replace(national, id="b", region="310000")
    free = replace(national, id="a", region=None)
    both = replace(procedure, channels=(tied, free))
    assert local_first(both, region).channels[0].id == first
