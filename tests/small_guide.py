"""A whole guide small enough to be read at a glance: sound as it stands, to be spoilt by tests."""

from __future__ import annotations

from pathlib import Path

TOPICS = "topics.yaml"
REGIONS = "regions.yaml"
SOURCES = "sources.yaml"
DOUBTS = "doubts.yaml"
UNTREATED = "untreated.yaml"
FREQUENT = "frequent.yaml"
ANSWERS = "answers/all.yaml"
ARTICLE = "articles/guide.md"
PROCEDURE = "procedures/get-card.yaml"
ASKED = "questions/all.yaml"
ASKED_OF_STEPS = "questions/get-card.yaml"

SMALL_GUIDE = {
    UNTREATED: """\
untreated:
- id: cash
  title: 取现
  questions: [卡里的钱能取吗, 怎么取现]
- id: weather
  title: 天气
  questions: [今天下雨吗]
  outside: true
""",
    TOPICS: """\
topics:
- id: cards
  title: 卡
""",
    REGIONS: """\
regions:
- {code: "320000", name: 江苏省, short_names: [江苏]}
""",
    "glossary.yaml": "terms: []\n",
    SOURCES: """\
documents:
- {id: "000", title: 卡, web_date: 2025-05-16}
sources:
- key: 000#卡
  date: 2025-05-16
- key: 000#1. 领卡
  parent: 000#卡
  date: 2025-05-16
  figures: ["3", "5", "10", "12333"]
""",
    ANSWERS: """\
answers:
- id: card-fee
  title: 领卡要多少钱
  topic: cards
  cut_off: false
  as_of: 2025
  aliases: [工本费]
  facts:
  - id: fee
    label: 工本费
    kind: money
    value: "10"
    unit: 元
    sources: [000#1. 领卡]
  - id: half
    label: 一半
    kind: money
    choices: ["3", "5"]
    unit: 元
    sources: [000#1. 领卡]
  answer: 要交一点。
  text: |
    要 {fee}。
  sources: [000#1. 领卡]
  related: [get-card]
""",
    ARTICLE: """\
---
id: guide
title: 领卡
topic: cards
answer: 怎么领。
sources:
- 000#卡
related:
- card-fee
---

## 怎么领 {#how}
```meta
sources:
- 000#1. 领卡
```
先看。

- 甲
- 乙

1. 先
2. 后

| 头 | 尾 |
|---|---|
| 一 | 二 |

### 带什么 {#papers}
```meta
sources:
- 000#1. 领卡
```
身份证。
""",
    PROCEDURE: """\
id: get-card
title: 领卡
topic: cards
reviewed_on: 2026-11-22
answer: 这样领。
result_name: 卡
sources: [000#卡]
silent:
- 在哪里领
facts:
- id: days
  label: 等多久
  kind: duration
  low: "3"
  high: "5"
  unit: 天
  sources: [000#1. 领卡]
questions:
- id: where
  text: 您在哪里？
  options:
  - {id: here, label: 这里, hint: 本地}
  - {id: there, label: 外地}
- id: channel
  text: 您想在哪里办？
  kind: one
  recommended: hall
channels:
- id: hall
  kind: hall
  name: 窗口
  visits: 1
  sources: [000#1. 领卡]
- id: web
  kind: web
  name: 网上
  sources: [000#1. 领卡]
materials:
- id: id-card
  name: 身份证
  copies: 1
  sources: [000#1. 领卡]
flow:
  id: all-steps
  kind: seq
  title: 领卡的步骤
  children:
  - id: go
    title: 去领
    kind: do
    when: {is: [where, here]}
    materials: [id-card]
    lines:
    - do: 去领。
    paths:
    - {labels: [服务, 服务], sources: [000#1. 领卡]}
    copy_text: [领卡]
    sources: [000#1. 领卡]
  - id: ask
    title: 先问
    kind: check
    lines:
    - do: 先问。
    sources: [000#1. 领卡]
expected:
- {id: wait, title: 等卡, after: ask, fact: days, sources: [000#1. 领卡]}
outcomes:
- id: got
  kind: done
  title: 领到了
  text: 领到了。
  sources: [000#1. 领卡]
""",
    FREQUENT: """\
frequent:
- question: 领卡多少钱
  item: card-fee
- question: 怎么领卡
  item: get-card
""",
    DOUBTS: """\
doubts:
- id: fee-conflict
  kind: conflict
  short: 说法不一样，先问。
  about: [card-fee, guide/how]
  claims:
  - text: 十元。
    sources: [000#卡]
  - text: 一半，{half}。
    sources: [000#1. 领卡]
  advice: 请问当地医保部门。
- id: left-out
  kind: withheld
  short: 没有采用。
  about: []
  advice: 以后再看。
  sources: [000#卡]
""",
    ASKED: """\
questions:
  card-fee:
  - 领张卡多少钱
  - 领卡花钱不
""",
    ASKED_OF_STEPS: """\
questions:
  get-card/go:
  - 去哪领
  get-card:
  - 我想领卡
""",
}


def write_small_guide(folder: Path) -> Path:
    """Write its files into a folder, which is made; the folder."""
    for file, text in SMALL_GUIDE.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
