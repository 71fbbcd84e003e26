"""What a new guide or form begins as: sound as it stands, with comments that say what to write."""

import re

from hall.content.models import Pack

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_GUIDE = """\
# yaml-language-server: $schema=../../data/schema/guide.json
id: {id}
title: {title}
aliases: []                    # 别的叫法、老名称，搜得到：[注册公司, 开公司]
in_force: {{from: {today}}}   # 从哪一天起用；停用时写 until，并写 successor: 接替它的指南
for: [company]                 # 给哪些经营主体用
subject: none                  # registered：先从登记库里找到主体；new：办一个新的；none：都不是
kind: {kind}
summary: 一两句大白话，说清这是办什么的。
# result: 营业执照
# fee: none
# time_limit: {{working_days: 3, from: acceptance}}
# handled_by: {authority}
basis: []                      # - {{law: {law}, articles: [1]}}：没有把握的条号不写
confidence: low                # 核对过了再写 medium、high

# 依次问的问题；when 不成立的跳过。事实写在 data/facts 里，hall list facts 列出全部。
questions: []
#  - ask: company.board
#    why: 为什么问，一句大白话。
#  - ask: company.supervision
#    when: {{company.board: board}}
#  - use: domicile               # 放入一个片段（guides/parts）

# 出口：每答一题就依次看，第一个成立的结束办理。
exits: []
#  - when: {{company.board: none}}
#    say: 为什么不能按这个指南办，接下来怎么办。
#    refer: 别的指南的 id

# 要交的材料；when 成立才要。
materials:
  - id: identity
    name: 身份证件复印件
    copies: 1
#  - form: 表格的 id
#  - id: minutes
#    name: 会议记录
#    when: {{company.board: board}}

steps: []
#  - {{by: applicant, do: 在线填写并签名}}

# 核对用的例子：这样回答，应当得到什么。hall check 会照着走一遍。
examples:
  - title: 一般的情形
    answers: {{}}
    gives: {{materials: [identity]}}
"""
_FORM = """\
# yaml-language-server: $schema=../../data/schema/form.json
id: {id}
title: {title}
family: {family}
# norm: {{law: {law}}}
in_force: {{from: {today}}}
submits: none                  # 单独提交的写 filing、annual-report
confidence: low
# disclosed: true              # 要公示的写；每一栏再写 public: always、optional 或者 never

sections:
  # 一行一行的格子：span 是占几栏，一行一共 12 栏。
  # - title: 基本信息
  #   rows:
  #     - [{{fact: subject.name, span: 8}}, {{fact: contact.phone, span: 4}}]
  # 一行一条的表：
  # - title: 股东
  #   repeat: shareholders
  #   columns: [{{field: name, width: 6}}, {{field: contribution, width: 6}}]
  - title: 申请
    text: 本人承诺以上内容真实、合法、有效。
    sign: [{{label: 申请人, date: true}}]

# 填好以后还要核对的：
# rules:
#   - {{equal: [company.capital, {{sum: shareholders.contribution}}], say: 合计与注册资本不一致。, at: company.capital}}
"""


def guide_skeleton(pack: Pack, id: str, scenario: str | None = None) -> tuple[str, str]:
    """File and text of a new guide; ValueError in Chinese when the id or the folder won't do."""
    planned = pack.planned_guides.get(id)
    folder = scenario or (planned.scenario if planned else None)
    known = [each.id for each in pack.scenario_titles]
    _refuse_bad(id, folder, known, "情景", id in pack.guides)
    text = _GUIDE.format(
        id=id,
        title=planned.title if planned else id,
        kind=(planned.kind if planned else None) or "registration",
        authority=next(iter(pack.authorities), "registration-authority"),
        law=next(iter(pack.laws), "company-law"),
        today=_newest(pack),
    )
    return f"guides/{folder}/{id}.yaml", text


def form_skeleton(pack: Pack, id: str, family: str | None = None) -> tuple[str, str]:
    """File and text of a new form; ValueError in Chinese when the id or the folder won't do."""
    planned = pack.planned_forms.get(id)
    folder = family or (planned.family if planned else None)
    families = [each.family for each in pack.forms.values()] + [each.family for each in pack.planned_forms.values()]
    known = sorted({each for each in families if each})
    _refuse_bad(id, folder, known, "表格类别", id in pack.forms)
    title = planned.title if planned else id
    law = next(iter(pack.laws), "company-law")
    return f"forms/{folder}/{id}.yaml", _FORM.format(id=id, title=title, family=folder, law=law, today=_newest(pack))


def _refuse_bad(id: str, folder: str | None, known: list[str], noun: str, exists: bool) -> None:
    if not _ID.fullmatch(id):
        raise ValueError(f"id“{id}”不行：只能用小写字母、数字和连字符，例如 company-name-change。")
    if exists:
        raise ValueError(f"已经有 {id} 了，换一个 id，或者直接改它。")
    if folder is None or (known and folder not in known):
        said = f"没有“{folder}”这个{noun}。" if folder else ""
        listed = f"：{'、'.join(known)}" if known else ""
        raise ValueError(f"{said}请用 --in 写明放在哪个{noun}里{listed}。")


def _newest(pack: Pack) -> str:
    """The day on which most of the pack came into force: a new definition seldom begins before."""
    periods = [each.in_force for each in pack.guides.values()] + [each.in_force for each in pack.forms.values()]
    days = [each.from_ for each in periods if each.from_]
    return max(days, key=days.count).isoformat() if days else "2026-05-01"
