"""Small packs for tests, written as editors write them."""

from pathlib import Path
from textwrap import dedent

FACTS = """
person.kind: {title: 您是, kind: choice, options: {owner: 业主, tenant: 租户, guest: 访客}}
person.age: {title: 年龄, kind: integer, at_least: 0}
people:
  title: 人员
  kind: group
  at_most: 50
  of:
    name: {title: 姓名, kind: text}
    foreign: {title: 境外人员, kind: yes-no}
    amount: {title: 金额, kind: money, over: 0}
people.count: {title: 人数, kind: integer, derived: {count: people}}
people.any_foreign: {title: 有境外人员, kind: yes-no, derived: {any: people, where: {foreign: true}}}
people.total: {title: 合计, kind: money, derived: {sum: people.amount}}
company.capital: {title: 资本, kind: money, over: 0}
"""

GUIDE = """
id: sample
title: 示例
in_force: {from: 2026-05-01}
for: [any]
basis: [{law: some-law}]
confidence: low
handled_by: office
questions:
  - ask: person.kind
  - ask: person.age
    when: {person.kind: owner}
  - ask: people
exits:
  - {when: {people.any_foreign: true}, say: 请走另一个指南。, refer: sample}
materials:
  - {id: deed, name: 产权证, when: {person.kind: owner}}
  - {id: identity, name: 身份证, per: people}
  - {id: many, name: 名册, when: {people.count: {at_least: 2}}}
examples:
  - title: 业主一人
    answers: {person.kind: owner, person.age: 30, people: [{name: 甲, foreign: false, amount: 1}]}
    gives: {materials: [deed, identity], not_materials: [many]}
  - title: 境外
    answers: {person.kind: guest, people: [{name: 乙, foreign: true, amount: 1}]}
    gives: {refer: sample}
"""

FORM = """
id: sheet
title: 示例表
family: sample
in_force: {from: 2026-05-01}
disclosed: true
sections:
  - title: 基本
    public: always
    rows:
      - [{fact: person.kind, span: 6}, {fact: person.age, span: 6, when: {person.kind: owner}}]
      - [{fact: company.capital, span: 12}]
  - title: 人员
    public: never
    repeat: people
    columns: [{field: name, width: 6}, {field: amount, width: 6}]
rules:
  - {equal: [company.capital, {sum: people.amount}], say: 合计与资本不一致。, at: company.capital}
"""


def write_pack(root: Path, guide: str = GUIDE, form: str = FORM, facts: str = FACTS) -> Path:
    """A pack of one guide, one form and their facts under the root."""
    files = {
        "data/facts/all.yaml": facts,
        "data/laws.yaml": "some-law: {name: 某法, in_force: {from: 2020-01-01}}\n",
        "data/authorities.yaml": "office: {title: 某局}\n",
        "guides/group/sample.yaml": guide,
        "forms/sample/sheet.yaml": form,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip(), encoding="utf-8")
    return root
