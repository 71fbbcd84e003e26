"""A small pack whose form uses everything that a form can."""

from pathlib import Path

from hall.content.load import load_pack
from hall.content.models import Pack
from tests.packs import write_pack

FACTS = """
subject.name: {title: 名称, kind: text, max_length: 60, example: 郑州𬭳𫘝科技有限公司}
subject.uscc: {title: 统一社会信用代码, kind: uscc, example: 91000000MA0000001R}
subject.scope: {title: 经营范围, kind: paragraph, max_length: 2000, example: 软件开发；信息技术咨询服务（依法须经批准的项目除外）。}
company.capital: {title: 注册资本, kind: money, over: 0, example: 100}
company.staff: {title: 从业人数, kind: integer, unit: 人, example: 12}
company.founded: {title: 成立日期, kind: date, example: 2026-05-01}
company.governance: {title: 治理结构, kind: choice, example: board, options: {board: 设董事会, sole: 设一名董事}}
company.tags: {title: 特点, kind: choices, options: {small: 小微企业, high: 高新技术企业, old: 老字号}}
company.listed: {title: 上市, kind: yes-no, example: false}
company.secretary: {title: 董事会秘书, kind: text, example: 王海涛}
contact.email: {title: 电子邮箱, kind: email, example: office@example.com}
people:
  title: 股东
  kind: group
  at_least: 1
  at_most: 50
  of:
    name: {title: 姓名, kind: text, example: 李文静}
    foreign: {title: 境外, kind: yes-no, example: false}
    amount: {title: 出资额, kind: money, over: 0, example: 2}
    due: {title: 出资期限, kind: date, required: false, example: 2030-12-31}
people.count: {title: 人数, kind: integer, derived: {count: people}}
"""

FORM = """
id: sheet
title: 公司变更登记申请书
family: sample
subtitle: （有限责任公司）
intro: 请用黑色笔填写。
footer: 本表一式两份。
in_force: {from: 2026-05-01}
filing_notes: [金额以万元为单位。, 没有的项目填“无”。]
sections:
  - title: 基本信息
    note: 按营业执照填写。
    rows:
      - [{heading: 企业, span: 12}]
      - [{fact: subject.name, span: 12, label: 企业名称}]
      - [{fact: subject.uscc, span: 12, as: digits-in-boxes}]
      - [{fact: company.capital, span: 12, as: capital-numerals}]
      - [{fact: company.staff, span: 4}, {fact: company.founded, span: 4}, {fact: company.listed, span: 4}]
      - [{fact: company.governance, span: 6, as: boxes}, {fact: company.secretary, span: 6, when: {company.governance: board}}]
      - [{fact: company.tags, span: 12, as: boxes}]
      - [{fact: subject.scope, span: 12, as: lines, height: 4}]
      - [{text: 以下由登记机关填写, span: 6}, {blank: true, span: 6}]
      - [{fact: contact.email, span: 3}, {fact: people.count, span: 9}]
  - title: 变更事项
    rows:
      - [{fact: company.capital, span: 12, show: change}]
      - [{fact: subject.name, span: 12, show: change}]
  - title: 股东
    repeat: people
    number: true
    total: amount
    blank_rows: 6
    columns: [{field: name, width: 4}, {field: amount, width: 3}, {field: due, width: 3}, {field: foreign, width: 2, as: boxes}]
  - title: 境外股东
    repeat: people
    where: {foreign: true}
    columns: [{field: name, width: 12}]
  - title: 股东信息
    repeat: people
    card: true
    rows:
      - [{field: name, span: 6}, {field: amount, span: 6}]
  - title: 承诺
    break_before: true
    text: |
      {subject.name}的注册资本为{company.capital:capital-numerals}，股东为{people.name}。

      原名称：{registered.subject.name}。
    paragraphs:
      - {text: 设董事会。, when: {company.governance: board}}
      - {text: 不设董事会。, when: {company.governance: sole}}
      - {text: "第{number}位股东{people.name}出资{people.amount}。", per: people}
    sign:
      - {label: 企业, seal: true, date: true}
      - {label: 股东, per: people}
      - company.secretary
      - company.founded
"""

GUIDE = """
id: sample
title: 公司变更登记
in_force: {from: 2026-05-01}
for: [any]
result: "{subject.name}的营业执照"
fee: none
time_limit: {working_days: 3, from: acceptance, note: 材料齐全的当场办理}
basis: [{law: some-law, articles: [29, 42]}]
confidence: low
handled_by: office
questions: [{ask: company.governance}, {ask: people}]
exits: [{when: {company.governance: sole}, say: 请走另一个指南。}]
materials:
  - form: sheet
  - {id: identity, name: 身份证明, per: people, copies: 1, original: true}
  - {id: minutes, name: 股东会决议, form: minutes-form, note: 全体股东签名}
steps: [{by: applicant, do: 在线填写}, {by: office, do: 形式审查}]
notices: [{say: "{subject.name}要换领执照。"}]
mistakes: [出资额之和与注册资本不一致。]
submits: {kind: filing, form: sheet}
"""


SENSITIVE = """
    id_number: {title: 身份证号码, kind: person-id, sensitive: true, on_form: true, example: 11010519491231002X}
"""


def make_pack(root: Path, sensitive: bool = False) -> Pack:
    """The pack, loaded; it has no findings but the form that is planned."""
    last = "    due: "
    facts = FACTS.replace(last, SENSITIVE[1:] + last) if sensitive else FACTS
    return load_pack(write_pack(root, GUIDE, FORM, facts))[0]
