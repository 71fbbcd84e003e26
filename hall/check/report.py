"""A report in the forms that people and tools read: text, GitHub annotations, SARIF 2.1.0."""

from collections.abc import Iterable
from typing import Any

from hall.check.codes import codes
from hall.content.findings import Finding

_GITHUB = {"error": "error", "warning": "warning", "note": "notice"}
_WORDS = {"error": "个错误", "warning": "个提醒", "note": "条附注"}


def summary(findings: Iterable[Finding], guides: int, forms: int, seconds: float) -> str:
    """One line: how much was checked, and what was found."""
    found = list(findings)
    counts = [
        f"{sum(each.severity == level for each in found)} {words}"
        for level, words in _WORDS.items()
        if any(each.severity == level for each in found)
    ]
    return f"{guides} 个指南、{forms} 张表格：{'、'.join(counts) or '没有问题'}（{seconds:.2f} 秒）"


def github(findings: Iterable[Finding]) -> str:
    """Workflow commands that GitHub shows beside the lines."""
    lines = []
    for each in findings:
        place = f"file={_property(each.file)},line={each.line},col={each.column},title={_property(each.code)}"
        parts = [each.message, each.path and f"路径：{each.path}", each.help]
        text = _data("\n".join(part for part in parts if part))
        lines.append(f"::{_GITHUB[each.severity]} {place}::{text}")
    return "\n".join(lines)


def sarif(findings: Iterable[Finding]) -> dict[str, Any]:
    """The findings as SARIF (OASIS, Static Analysis Results Interchange Format 2.1.0)."""
    found = list(findings)
    used = [code for code in codes().values() if any(each.code == code.code for each in found)]
    rules = [
        {
            "id": code.code,
            "shortDescription": {"text": code.title},
            "fullDescription": {"text": code.meaning},
            "help": {"text": f"错：\n{code.wrong}\n\n对：\n{code.right}"},
            "defaultConfiguration": {"level": code.severity},
        }
        for code in used
    ]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": {"name": "hall", "rules": rules}}, "results": [_result(each) for each in found]}],
    }


def _result(finding: Finding) -> dict[str, Any]:
    parts = [finding.message, finding.path and f"路径：{finding.path}", finding.help]
    region = {"startLine": finding.line, "startColumn": finding.column}
    place = {"artifactLocation": {"uri": finding.file}, "region": region}
    return {
        "ruleId": finding.code,
        "level": finding.severity,
        "message": {"text": "\n".join(part for part in parts if part)},
        "locations": [{"physicalLocation": place}],
    }


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
