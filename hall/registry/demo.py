"""Made-up subjects of any number, the same for the same seed: realistic in shape, plainly fictitious.

Every name says 示范, numbers have right check digits but region codes that don't exist (4199xx), persons
are called 示例 or 样例. The first rows are the ones that examples in the content name.
"""

import csv
import json
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from itertools import product
from pathlib import Path

from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_10

from hall.registry import files, schema
from hall.registry.columns import STORED
from hall.registry.load import replace
from hall.registry.subject import KINDS, LIVE, STATUSES
from hall.settings import ROOT

SEED = 410000
DEMO_CSV = ROOT / "data" / "registry-demo.csv"
_CITIES = {
    "410100": "郑州", "410200": "开封", "410300": "洛阳", "410400": "平顶山", "410500": "安阳", "410600": "鹤壁",
    "410700": "新乡", "410800": "焦作", "410900": "濮阳", "411000": "许昌", "411100": "漯河", "411200": "三门峡",
    "411300": "南阳", "411400": "商丘", "411500": "信阳", "411600": "周口", "411700": "驻马店", "419001": "济源",
}  # fmt: skip
_CITY_WEIGHTS = (30, 5, 9, 4, 5, 2, 6, 4, 4, 5, 3, 2, 9, 7, 6, 7, 6, 1)
_FIRST = "嵩洛汴豫禹颍淮汝沁漯卫淇商殷亳羲轩辕炎华泰恒盛兴瑞祥鑫隆昌达鸿宏永安康宁福禄寿喜德仁义信诚正和平顺利通远博雅智慧明辉耀星辰天海山川河江湖云雨雪松竹梅兰菊荷桂柏杨柳槐桐凤龙虎鹤鹿马金银玉珠宝珍翠碧青蓝紫丹朱彩锦绣丰穗禾麦谷田园圃果蔬牧渔"
_SECOND = "麓源达丰泰盛华昌隆茂荣发祥瑞和顺兴旺通运邦国民众联合创新科力强信诚德润泽涛波海洋川岳峰岭原野林森木石磊岩岚光明亮晨曦阳辉煌宇宙航空翔飞腾跃升起步行健康乐欣悦怡雅致远志成功业勤俭廉洁净美丽佳嘉好优良品味香甜鲜醇厚重千万百亿元宝财富贵尊友谊亲家居室屋"
_TRADES = {
    "科技": ("软件开发；信息技术咨询服务", "I65"), "商贸": ("日用百货销售；食品销售", "F51"),
    "餐饮管理": ("餐饮管理；企业管理", "L72"), "建筑工程": ("建设工程施工", "E47"), "物流": ("国内货物运输代理", "G58"),
    "农业": ("谷物种植；蔬菜种植", "A01"), "医疗器械": ("第一类医疗器械销售", "F51"), "文化传媒": ("组织文化艺术交流活动", "R87"),
    "教育咨询": ("教育咨询服务", "P83"), "机械制造": ("机械零件加工", "C34"), "环保": ("环境保护专用设备销售", "N77"),
    "电子商务": ("互联网销售", "F52"), "房地产": ("房地产开发经营", "K70"), "汽车销售": ("汽车销售", "F52"),
    "食品": ("食品生产", "C14"), "服饰": ("服装服饰零售", "F52"), "广告": ("广告设计、代理；广告制作", "L72"),
    "信息技术": ("信息系统集成服务", "I65"), "生物科技": ("生物技术推广服务", "M75"), "装饰工程": ("住宅室内装饰装修", "E50"),
}  # fmt: skip
_SHOPS = {
    "百货店": ("日用百货零售", "F52"), "超市": ("食品销售；日用百货零售", "F52"), "烩面馆": ("餐饮服务", "H62"),
    "早餐店": ("餐饮服务", "H62"), "理发店": ("理发服务", "O80"), "五金店": ("五金产品零售", "F52"), "服装店": ("服装零售", "F52"),
    "水果店": ("新鲜水果零售", "F52"), "药房": ("药品零售", "F52"), "汽修店": ("机动车修理和维护", "O81"), "文具店": ("文具零售", "F52"),
    "洗衣店": ("洗染服务", "O80"), "火锅店": ("餐饮服务", "H62"), "建材经营部": ("建筑材料销售", "F51"), "通讯店": ("通讯设备零售", "F52"),
}  # fmt: skip
_ENDS = {
    "company": ("有限公司",) * 18 + ("有限责任公司",) * 2 + ("股份有限公司",),
    "non-company-enterprise": ("厂", "总厂", "供应站"),
    "partnership": ("合伙企业（有限合伙）", "合伙企业（普通合伙）"),
    "sole-proprietorship": ("中心", "工作室", "厂"),
    "farmers-cooperative": ("种植专业合作社", "养殖专业合作社", "农机专业合作社"),
    "branch": ("有限公司分公司", "有限公司第一分公司", "有限公司经营部"),
}
_KIND_WEIGHTS = {"individual-business": 640, "company": 290, "branch": 25, "farmers-cooperative": 22,
                 "sole-proprietorship": 14, "partnership": 6, "non-company-enterprise": 3}  # fmt: skip
_STATUS_WEIGHTS = {"live": 780, "dormant": 5, "deregistered": 150, "revoked": 60, "moved-out": 4, "annulled": 1}
_SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = ("示例", "样例", "示范", "演示", "样本")
_DAY = date(2026, 1, 1)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
Row = dict[str, str]

EXAMPLES: tuple[Row, ...] = (
    {
        "uscc": "91000000MA0000001R", "name": "郑州示范嵩麓科技有限公司", "kind": "company", "status": "live", "region": "410100",
        "authority": "郑州市示范区市场监督管理局", "established": "2020-05-01", "approved": "2024-03-12", "capital": "100",
        "legal_representative": "李文静", "domicile": "河南省郑州市示范区示范路 1 号 2 层 203 室",
        "scope": "软件开发；信息技术咨询服务；货物进出口。", "industry": "I65", "term_until": "长期",
        "shareholders": '[{"name":"李文静","kind":"person","contribution":"60"},{"name":"洛阳示范恒远商贸有限公司","kind":"company","contribution":"40"}]',
    },
    {
        "uscc": "91000000MA0000002W", "name": "洛阳示范恒远商贸有限公司", "kind": "company", "status": "live", "region": "410300",
        "authority": "洛阳市示范区市场监督管理局", "established": "2016-08-18", "approved": "2023-11-06", "capital": "500",
        "legal_representative": "王海涛", "domicile": "河南省洛阳市示范区示范路 8 号", "scope": "日用百货销售；食品销售。",
        "industry": "F51", "term_until": "2046-08-17", "shareholders": '[{"name":"王海涛","kind":"person","contribution":"500"}]',
    },
)  # fmt: skip


def ensure_demo(data_dir: Path) -> None:
    """Loads the demonstration's subjects where there is no registry yet; by one process, the others wait."""
    if _wanted(data_dir):
        with files.lock(data_dir):
            if _wanted(data_dir):
                replace(DEMO_CSV, data_dir)


def _wanted(data_dir: Path) -> bool:
    """Whether there is no registry, or only this demonstration's from another version of the hall."""
    path = files.current(data_dir)
    if path is None:
        return True
    with closing(sqlite3.connect(path)) as connection:
        source = connection.execute("SELECT value FROM meta WHERE key = 'source'").fetchone()
        return not schema.readable(connection) and source in (None, (DEMO_CSV.name,))


def write(path: Path, rows: int, seed: int = SEED) -> None:
    """A CSV of made-up subjects, in UTF-8 with the columns' ids as header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, STORED, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(subjects(rows, seed))


def subjects(rows: int, seed: int = SEED) -> Iterator[Row]:
    """The rows: the examples, one of each kind in each state, then a mixture as the province has it."""
    chance = random.Random(seed)
    yield from EXAMPLES[:rows]
    each = iter(list(product(KINDS, STATUSES)))
    for number in range(len(EXAMPLES), rows):
        kind, status = next(each, (None, None))
        kind = kind or chance.choices(*_split(_KIND_WEIGHTS))[0]
        yield _subject(chance, number, kind, status or chance.choices(*_split(_STATUS_WEIGHTS))[0])


def _split(weights: dict[str, int]) -> tuple[list[str], list[int]]:
    return list(weights), list(weights.values())


def _subject(chance: random.Random, number: int, kind: str, status: str) -> Row:
    region = chance.choices(list(_CITIES), _CITY_WEIGHTS)[0]
    city = _CITIES[region]
    name, (scope, industry) = _name(chance, city, kind)
    established = date(1995, 1, 1) + timedelta(days=int(11300 * chance.random() ** 0.4))
    row = {
        "name": name, "kind": kind, "status": status, "region": region, "scope": f"{scope}。", "industry": industry,
        "authority": f"{city}市示范区市场监督管理局", "established": established.isoformat(),
        "approved": min(_DAY, established + timedelta(days=chance.randrange(3000))).isoformat(),
        "legal_representative": _person(chance), "term_until": "长期",
        "domicile": f"河南省{city}市示范区示范{chance.choice('一二三四五六七八九十')}路 {chance.randrange(1, 400)} 号",
    }  # fmt: skip
    row |= _numbers(chance, number, kind, status, region, established)
    if kind in ("company", "farmers-cooperative", "partnership"):
        row |= _capital(chance, row["legal_representative"])
    if status in LIVE and chance.random() < 0.03:
        row |= {
            "abnormal_reason": "未依照规定报送年度报告并公示",
            "abnormal_since": f"{chance.randrange(2022, 2026)}-07-08",
        }
    return row


def _name(chance: random.Random, city: str, kind: str) -> tuple[str, tuple[str, str]]:
    own = chance.choice(_FIRST) + chance.choice(_SECOND) + (chance.choice(_SECOND) if chance.random() < 0.25 else "")
    where = city + (chance.choice(("市", "", "")) if kind != "branch" else "")
    if kind == "individual-business":
        shop = chance.choice(list(_SHOPS))
        return f"{where}示范区{own}{shop}", _SHOPS[shop]
    trade = chance.choice(list(_TRADES))
    if kind == "farmers-cooperative":
        return f"{where}示范{own}{chance.choice(_ENDS[kind])}", ("农产品的生产、销售、加工", "A01")
    return f"{where}示范{own}{trade}{chance.choice(_ENDS[kind])}", _TRADES[trade]


def _person(chance: random.Random) -> str:
    return chance.choice(_SURNAMES) + chance.choice(_GIVEN)


def _capital(chance: random.Random, head: str) -> Row:
    """Capital in 万元, and shareholders whose contributions sum to it."""
    count = chance.choices((1, 2, 3, 5), (50, 35, 10, 5))[0]
    parts = [chance.choice((1, 5, 10, 20, 50, 100, 300)) for _ in range(count)]
    names = [head, *(_person(chance) + str(number) for number in range(2, count + 1))]
    rows = [
        {"name": name, "kind": "person", "contribution": str(part)} for name, part in zip(names, parts, strict=True)
    ]
    return {"capital": str(sum(parts)), "shareholders": json.dumps(rows, ensure_ascii=False, separators=(",", ":"))}


def _numbers(chance: random.Random, number: int, kind: str, status: str, region: str, established: date) -> Row:
    """The numbers; what was gone before 2015 has only the old one, what came after only the new one."""
    invented = f"4199{list(_CITIES).index(region) + 1:02d}"
    first = {"individual-business": "92", "farmers-cooperative": "93"}.get(kind, "91")
    code = f"{first}{invented}{_organisation(number)}"
    old = f"{invented}{number:08d}"[-14:]
    row = {"uscc": code + uscc.calc_check_digit(code)}
    if established.year < 2015:
        row["reg_no"] = old + mod_11_10.calc_check_digit(old)
        if status not in LIVE and chance.random() < 0.3:
            row["uscc"] = ""
    return row


def _organisation(number: int) -> str:
    """An organisation code (GB 11714) of its own for each number."""
    text = ""
    for _ in range(6):
        number, digit = divmod(number, len(_DIGITS))
        text = _DIGITS[digit] + text
    text = f"MA{text}"
    total = sum(int(char, 36) * weight for char, weight in zip(text, _ORGANISATION_WEIGHTS, strict=True))
    return text + "0123456789X0"[(11 - total % 11)]
