"""Writes the page of every rule for the docs: `python -m verify.design.rule_pages docs/rules`.

Generated, never edited: a test compares the pages with the rules.
"""

import sys
from pathlib import Path

from verify.design.profiles import PROFILES
from verify.design.rule import Rule
from verify.design.rules import all_rules

_DECIDED = {
    "text": "文字 text",
    "filing": "备案信息 filing",
    "type": "字体字号 type",
    "geometry": "位置尺寸 geometry",
    "picture": "图像 picture",
    "file": "文件结构 file",
}


def name_of(id_: str) -> str:
    """'wording/state-name' as the name of its file."""
    return id_.replace("/", "-") + ".md"


def page_of(rule: Rule) -> str:
    """One page, Chinese first."""
    profiles = [p.id for p in PROFILES.values() if rule.id in p.rules]
    decided = "、".join(_DECIDED[word] for word in rule.decided_by.split(", "))
    clause = (
        f"{rule.clause}\n\n> {rule.clause.quote}"
        if rule.clause.document
        else "无对应条款 no clause"
    )
    lines = [
        f"# {rule.id}",
        f"**{rule.said.zh}** {rule.said.en}",
        f"## 条款 Clause\n\n{clause}",
        (
            f"最高级别 gravest: **{rule.kind.said.zh}** {rule.kind.said.en} · 判断依据 decided by: {decided} · "
            f"方案 profiles: {', '.join(f'`{name}`' for name in profiles)}"
        ),
        f"## 检查什么 What it looks at\n\n{rule.looks_at.zh}\n\n{rule.looks_at.en}",
        f"## 准许什么 What it lets pass\n\n{rule.passes.zh}\n\n{rule.passes.en}",
        f"## 怎么办 What to do\n\n{rule.remedy.zh}\n\n{rule.remedy.en}",
    ]
    if not rule.sign_off:
        lines.append("此项的“不符合”不能签核。 Its errors cannot be signed off.")
    return "\n\n".join(lines) + "\n"


def index() -> str:
    """The list of all rules."""
    rows = [
        f"| [{rule.id}]({name_of(rule.id)}) | {rule.said.zh} | "
        f"{rule.kind.said.zh} {rule.kind.said.en} | {rule.clause} |"
        for rule in all_rules().values()
    ]
    return (
        "# 规则 Rules\n\n`certverify rule ID` 在终端显示同样的内容。These pages are generated from the rules: "
        "`python -m verify.design.rule_pages docs/rules`.\n\n"
        "| rule | 内容 | 最高级别 gravest | 条款 clause |\n|---|---|---|---|\n"
        + "\n".join(rows)
        + "\n"
    )


def pages() -> dict[str, str]:
    """Every file of the folder by its name."""
    return {"README.md": index()} | {
        name_of(id_): page_of(rule) for id_, rule in all_rules().items()
    }


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
