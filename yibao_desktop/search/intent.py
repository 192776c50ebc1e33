"""What kind of thing a question asks for, and which kinds a passage tells."""

from __future__ import annotations

import re
from enum import StrEnum


class Intent(StrEnum):
    """What is wanted to be known of a matter; a passage may be about the matter and not tell it."""

    WHERE = "where"
    """The office, the program or the number to turn to."""
    AMOUNT = "amount"
    """What it costs, or how much of it is paid."""
    PAPERS = "papers"
    """What must be brought."""
    TIME = "time"
    """How long it takes, or until when it can be done."""
    ALLOWED = "allowed"
    """Whether it can be done, or one is entitled to it."""


_ASKED = {
    Intent.WHERE: "在哪|哪里|哪儿|去哪|上哪|到哪|什么地方|哪个部门|哪个窗口|哪个单位|找谁|找哪|入口"
    "|电话|哪查|何处",
    Intent.AMOUNT: "多少钱|几块|几毛|多少元|费用|收费|要钱|花钱|免费|比例|报多少|报销多少|能报多少"
    "|交多少|缴多少|多少|几成|百分之|贵",
    Intent.PAPERS: "要什么|带什么|带啥|要啥|材料|证件|资料|手续|需要什么|需要哪些|拿什么|准备什么",
    Intent.TIME: "多久|几天|多长时间|什么时候|啥时候|几个月|何时|多少天|几年|期限|几号|时间|截止",
    Intent.ALLOWED: "能不能|可不可以|能否|可以.*吗|能.*吗|行不行|允许|是否|有没有影响|还能|行吗"
    "|会不会",
}
"""In normalised questions."""

_TOLD = {
    Intent.WHERE: "窗口|大厅|app|公众号|网站|官网|拨打|小程序|12345|12393|中心|支付宝|微信|网点"
    "|柜台|社区",
    Intent.AMOUNT: r"\d[\d,.]*\s*元|\d\s*%|免费|不收费|收费|工本费|[一二三四五六七八九]成",
    Intent.PAPERS: "身份证|材料|证明|复印件|户口|照片|申请表|委托书",
    Intent.TIME: r"\d+\s*个?(?:工作)?(?:日|天|月|年|周|小时)|时效|期限|立即|当天|次月|当场|马上"
    "|之内",
    Intent.ALLOWED: "可以|不能|不可|无法|允许|能够|不得|不予|不影响|会影响|享受|有效|无效",
}
"""In normalised texts of passages."""


def asked_for(question: str) -> frozenset[Intent]:
    """What a normalised question asks for; nothing where it only names a matter."""
    return _found(_ASKED, question)


def told_by(text: str) -> frozenset[Intent]:
    """What a normalised text tells."""
    return _found(_TOLD, text)


def _found(patterns: dict[Intent, str], text: str) -> frozenset[Intent]:
    return frozenset(intent for intent, pattern in patterns.items() if re.search(pattern, text))
