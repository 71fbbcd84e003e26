"""Every finding code: what it means, a wrong and a right example. `hall explain CODE` prints them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Code:
    """The explanation of a finding code, in an editor's words."""

    title: str
    meaning: str
    wrong: str
    right: str


CODES: dict[str, Code] = {
    "yaml": Code("文件读不懂", "这一处不是 YAML，或者容易被误读成别的值。", "fee: no", "fee: none"),
    "duplicate-key": Code("名字写了两次", "同一层里一个名字只能写一次。", "title: 甲\ntitle: 乙", "title: 甲"),
    "unknown-key": Code("不认识的名字", "这里没有这个名字的内容，多半是拼错了。", "titel: 设立登记", "title: 设立登记"),
    "missing-key": Code("缺少内容", "这里必须写的一项没有写。", "ask:", "ask: company.capital"),
    "wrong-type": Code("写法不对", "这一项应当是另一种值。", "copies: 一份", "copies: 1"),
    "wrong-id": Code("id 与文件名不同", "文件名就是 id，两处要一样。", "a.yaml 里写 id: b", "a.yaml 里写 id: a"),
    "duplicate-fact": Code("事实重复", "同一个事实只能定义一次。", "两个文件都有 company.capital", "只留一处"),
    "unknown-fact": Code(
        "没有这个事实", "引用的事实不在 data/facts 里。", "ask: company.captial", "ask: company.capital"
    ),
    "unknown-option": Code(
        "没有这个选项", "比较的值不是这个事实的选项。", "{subject.form: compny}", "{subject.form: company}"
    ),
    "unknown-form": Code(
        "没有这张表", "引用的表格不存在。", "form: aplication", "form: company-registration-application"
    ),
    "unknown-guide": Code(
        "没有这个指南", "引用的指南不存在，目录里也没有。", "refer: xx", "refer: company-deregistration"
    ),
    "unknown-law": Code("没有这部法规", "引用的法规不在 data/laws.yaml 里。", "{law: gongsifa}", "{law: company-law}"),
    "unknown-part": Code("没有这个片段", "guides/parts 里没有这个文件。", "use: domicil", "use: domicile"),
    "unknown-authority": Code(
        "没有这个机关", "data/authorities.yaml 里没有这个机关。", "handled_by: x", "handled_by: registration-authority"
    ),
    "unknown-stage": Code("没有这个阶段", "stages 里没有这个阶段。", "stage: apply", "stage: application"),
    "example-invalid": Code(
        "例子里的回答不成立", "例子的回答自己就通不过检查。", 'company.capital: "很多"', "company.capital: 100"
    ),
    "example-disagrees": Code(
        "例子与指南不一致", "照例子回答，得到的与例子写的不同。", "refer: a（实际到 b）", "refer: b"
    ),
    "layout": Code(
        "表格排版放不下", "一行里各格的宽度之和超过了 paper.columns。", "span: 8 和 span: 6", "span: 8 和 span: 4"
    ),
    "publicity": Code("没有写谁能看", "要公示的表，每一栏都要写 public。", "（缺 public）", "public: always"),
    "dates": Code(
        "日期颠倒",
        "开始日期在结束日期之后。",
        "{from: 2026-05-01, until: 2025-01-01}",
        "{from: 2025-01-01, until: 2026-05-01}",
    ),
    "not-in-force": Code(
        "法规还没有施行",
        "指南施行的时候，引用的法规还没有施行或者已经失效。",
        "in_force 早于法规",
        "把 in_force.from 写到法规施行之后",
    ),
}
