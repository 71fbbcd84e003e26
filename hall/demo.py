"""What a first visitor is told when the demonstration starts."""

from hall.backoffice.desk import demonstration_password
from hall.registry.demo import ensure_demo
from hall.registry.store import open_registry
from hall.settings import settings

_SHOWN = 3


def introduce(port: int) -> str:
    """Where everything is, the accounts, and some subjects to try it with."""
    ensure_demo(settings().data_dir)
    found = open_registry(settings().data_dir).find("示范", status="live", kind="company", limit=_SHOWN)
    subjects = "\n".join(f"    {each.uscc}  {each.name}" for each in found.subjects)
    return (
        f"\n  网上办事大厅    http://{settings().host}:{settings().port}\n"
        f"  后台（受理、补正、驳回）  http://127.0.0.1:{port}/desk"
        f"    账号 clerk  密码 {demonstration_password(settings().data_dir)}\n"
        f"  申请人不用账号：开始办理时得到办件编号和查询码。\n"
        f"  可以用来报年报的示范企业：\n{subjects}\n\n  按 Ctrl-C 结束。\n"
    )
