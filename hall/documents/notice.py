"""What comes with the forms of an outcome: the checklist of materials and the 一次性告知书, as layouts."""

from collections.abc import Iterable, Iterator

from hall.content.models import Basis, Guide, Opening, Pack, Stage, TimeLimit
from hall.documents.blocks import UNCHECKED, Block, Box, Grid, Heading, Layout, Table, Text
from hall.documents.printed import fill_in
from hall.journey.known import Known
from hall.journey.walk import DueMaterial, Outcome

_FROM = {"acceptance": "受理", "announcement": "公告", "application": "提出申请", "filing": "提交"}
_BY = {"applicant": "申请人", "registration-authority": "登记机关"}
_CAVEAT = "以上内容依您所填的情况列出。情况有变化的，材料和步骤可能不同，请重新走一遍办事指南。"


def checklist_of(pack: Pack, guide: Guide, outcome: Outcome, known: Known) -> Layout:
    """材料清单: every material with a box to tick."""
    blocks = [block for title, dues in _by_stage(guide, outcome) for block in _materials(pack, title, dues, known)]
    blocks.append(Text((_CAVEAT,), "small"))
    return Layout("材料清单", tuple(blocks), subtitle=guide.title)


def notice_of(pack: Pack, guide: Guide, outcome: Outcome, known: Known) -> Layout:
    """一次性告知书: all that must be known, at once."""
    blocks: list[Block] = [Grid(tuple(_facts(pack, guide, outcome, known)))]
    for title, dues in _by_stage(guide, outcome):
        blocks += _materials(pack, title, dues, known)
    by = {**{key: each.title for key, each in pack.authorities.items()}, **_BY}
    blocks += _list("办理步骤", (f"{by.get(step.by, step.by)}：{fill_in(step.do, known)}" for step in outcome.steps))
    blocks += _list("分阶段提交", _stages(outcome.stages))
    blocks += _list("请注意", (fill_in(notice.say, known) for notice in outcome.notices))
    blocks += _list("常见的补正原因", (fill_in(mistake, known) for mistake in guide.mistakes))
    blocks += _list("以后要办的", (_next(pack, each.guide, each.note) for each in outcome.then))
    blocks += _list("法律依据", basis_lines(pack, outcome.basis))
    blocks.append(Text((_CAVEAT,), "small"))
    return Layout("一次性告知书", tuple(blocks), subtitle=guide.title)


def material_title(pack: Pack, due: DueMaterial) -> str:
    """The material's own name, else its form's title."""
    form_id = due.material.form or ""
    form = pack.forms.get(form_id) or pack.planned_forms.get(form_id)
    return due.name or (form.title if form else form_id)


def limit_text(limit: TimeLimit) -> str:
    """A time limit in words: 自受理之日起 3 个工作日内（材料齐全的当场登记）."""
    since = f"自{_FROM.get(limit.from_, limit.from_)}之日起 " if limit.from_ else ""
    if limit.at_once:
        text = "当场办理"
    elif limit.working_days is not None:
        text = f"{since}{limit.working_days} 个工作日内"
    elif limit.days is not None:
        text = f"{since}{limit.days} 日"
    elif limit.until:
        month, _, day = limit.until.partition("-")
        text = f"{int(month)} 月 {int(day)} 日前"
    else:
        text = ""
    return f"{text}（{limit.note}）" if text and limit.note else text or limit.note or ""


def _facts(pack: Pack, guide: Guide, outcome: Outcome, known: Known) -> Iterator[tuple[Box, ...]]:
    office = outcome.office
    authority = pack.authorities.get(office.office) if office else None
    handled_by = (known(office.of) if office and office.of else None) or (authority.title if authority else "")
    fee = "不收费" if outcome.fee == "none" else outcome.fee
    rows = (
        ("办理事项", guide.title),
        ("办理结果", outcome.result),
        ("办理机关", str(handled_by)),
        ("办理时限", "；".join(limit_text(limit) for limit in outcome.time_limits)),
        ("收费", fee),
    )
    for label, text in rows:
        if text:
            yield Box(label, 4, "label"), Box(fill_in(text, known), 20)


def _by_stage(guide: Guide, outcome: Outcome) -> list[tuple[str, list[DueMaterial]]]:
    """The materials under a title each stage; those without a stage first."""
    titles = {stage.id: f"“{stage.title or stage.id}”阶段提交的材料" for stage in guide.stages}
    groups: dict[str | None, list[DueMaterial]] = {None: [], **{stage: [] for stage in titles}}
    for due in outcome.materials:
        groups.setdefault(due.material.stage, []).append(due)
    return [(titles.get(stage or "", "需要提交的材料"), dues) for stage, dues in groups.items() if dues]


def _materials(pack: Pack, title: str, dues: list[DueMaterial], known: Known) -> Iterator[Block]:
    rows = tuple(
        (str(number), _named(pack, due), _copies(due), _wanted(pack, due, known), UNCHECKED)
        for number, due in enumerate(dues, 1)
    )
    yield Heading(title)
    yield Table(("序号", "材料", "份数", "要求", "备齐"), (2, 9, 3, 8, 2), rows)


def _named(pack: Pack, due: DueMaterial) -> str:
    title = material_title(pack, due)
    return f"{title}\n（{'、'.join(due.names)}）" if due.names else title


def _copies(due: DueMaterial) -> str:
    if due.names:
        each = f"各 {due.material.copies or 1} 份"
        return f"{each}，共 {len(due.names) * (due.material.copies or 1)} 份" if len(due.names) > 1 else each
    return f"{due.material.copies} 份" if due.material.copies else ""


def _wanted(pack: Pack, due: DueMaterial, known: Known) -> str:
    form = due.material.form
    parts = [
        "原件" if due.material.original else "",
        fill_in(due.note, known) if due.note else "",
        "表格已附" if form in pack.forms else "表格请向办理机关领取" if form else "",
        "参考文本，可以用自己的" if due.material.template else "",
    ]
    return "；".join(part for part in parts if part)


def _stages(stages: Iterable[Stage]) -> Iterator[str]:
    every = tuple(stages)
    titles = {stage.id: stage.title or stage.id for stage in every}
    for stage in every:
        opens = f"：{_opening(stage.opens, titles)}后可以提交" if stage.opens else ""
        unless = "（期间有人提出异议的，不能提交）" if stage.opens and stage.opens.unless == "objection" else ""
        closes = f"，{_opening(stage.closes, titles)}内提交" if stage.closes else ""
        yield f"{titles[stage.id]}{opens}{unless}{closes}"


def _opening(opening: Opening, titles: dict[str, str]) -> str:
    amount = f"{opening.working_days} 个工作日" if opening.working_days is not None else f"{opening.days or 0} 日"
    after = f"“{titles.get(opening.after, opening.after)}”受理次日起 " if opening.after else ""
    return f"{after}{amount}"


def _next(pack: Pack, guide_id: str, note: str | None) -> str:
    guide = pack.guides.get(guide_id) or pack.planned_guides.get(guide_id)
    title = guide.title if guide else guide_id
    return f"{title}：{note}" if note else title


def basis_lines(pack: Pack, bases: Iterable[Basis]) -> Iterator[str]:
    """The norms with their articles: 《公司法》第四十二条 is written 《公司法》第42条."""
    for basis in bases:
        law = pack.laws.get(basis.law)
        name = f"《{law.name}》" if law else basis.law
        articles = "、".join(f"第{each}条" if isinstance(each, int) else str(each) for each in basis.articles)
        yield f"{name}{articles}"


def _list(title: str, items: Iterable[str]) -> Iterator[Block]:
    """A numbered list under a heading; nothing when it is empty."""
    lines = tuple(f"{number}. {item}" for number, item in enumerate(items, 1))
    if lines:
        yield Heading(title)
        yield Text(lines, "plain")
