"""A name of the agency (评价机构名称) that is not letter for letter as filed."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from certgen.errors import Said
from verify.design import clauses
from verify.design.case import Case
from verify.design.finding import Finding, Kind, Place
from verify.design.parts import Part
from verify.design.rule import Rule, in_text
from verify.design.rules.title_other_title import close
from verify.design.texts import Text

_NAMED = re.compile(
    "证书\\s*由\\s*(.{2,60}?)\\s*(?:（评价机构名称）|\\(评价机构名称\\))?\\s*颁\\s*发", re.DOTALL
)
_BLANK = re.compile(r"[×xX*＊_＿\s·.…—\-]*")
_ORGANISATION = re.compile("公司|集团|协会|学会|学校|学院|大学|中心|研究院|研究所|医院|厂$")
_ALIKE = 0.75


def _check(rule: Rule, case: Case) -> Iterator[Finding]:
    if case.filing is None:
        yield rule.finding(
            Said(
                "未提供备案名称，机构名称未核对",
                "no filing was given: the agency's name was not compared",
            ),
            Place(),
            kind=Kind.UNDECIDED,
            remedy=Said(
                "请用 --agency 或 --directory 提供", "give it with --agency or --directory"
            ),
        )
        return
    right = {close(name) for name in case.filing.names}
    english = {
        close(name)
        for name in (case.filing.english_name, *case.filing.branch_english_names)
        if name
    }
    for part in _written(case):
        written = close(part.written)
        if _BLANK.fullmatch(part.written):
            if not case.profile.specimen:
                yield _blank(rule, part)
        elif not any(
            written == name or (written.startswith(name) and written[len(name) :] in english)
            for name in right
        ):
            yield rule.finding(
                Said(
                    f"机构名称写作“{part.written.strip()}”，备案名称为“{case.filing.name}”",
                    f"the agency is called {part.written.strip()}; it is filed as {case.filing.name}",
                ),
                in_text(part.text, part.start, part.end),
                remedy=Said(
                    f"按备案改为“{case.filing.name}”", f"write {case.filing.name} as filed"
                ),
            )


def _blank(rule: Rule, part: Part) -> Finding:
    return rule.finding(
        Said("机构名称是占位符", "a placeholder stands for the agency's name"),
        in_text(part.text, part.start, part.end),
        kind=Kind.REVIEW,
        remedy=Said(
            "填写备案名称；备案样本请加 --profile specimen",
            "write the filed name; for a specimen add --profile specimen",
        ),
    )


def _written(case: Case) -> Iterator[Part]:
    """The name that stands by itself, the one in the body, and what is nearly a filed name."""
    seen: set[tuple[Text, int]] = set()
    for part in case.parts.agencies:
        seen.add((part.text, part.start))
        yield part
    for body in case.parts.bodies:
        for found in _NAMED.finditer(body.written):
            start, end = body.start + found.start(1), body.start + found.end(1)
            seen.add((body.text, start))
            yield Part("agency", body.text, start, end)
    if not case.parts.roles_given:
        yield from _nearly(case, {text for text, _ in seen})


def _nearly(case: Case, seen: set[Text]) -> Iterator[Part]:
    """Lines that are meant to be the filed name and are not: 有限责任公司 for 有限公司."""
    names = [close(name) for name in case.filing.names] if case.filing else []
    for text in case.shown:
        if text in seen or text.role or text.is_round or text.runs[0].graphic is not None:
            continue
        start = 0
        for line in text.text.split("\n"):
            end, written = start + len(line), close(line)
            if _ORGANISATION.search(written) and any(_alike(written, name) for name in names):
                yield Part("agency", text, start, end)
            start = end + 1


def _alike(written: str, name: str) -> bool:
    if len(written) > 2 * len(name) or name in written:
        return False
    return SequenceMatcher(None, written, name, autojunk=False).ratio() >= _ALIKE


RULE = Rule(
    id="name/not-as-filed",
    said=Said("机构名称与备案不一致", "the agency's name is not as filed"),
    clause=clauses.NAME,
    kind=Kind.ERROR,
    looks_at=Said(
        "落款、正文“本证书由……颁发”中的机构名称，与备案名称逐字比较",
        "the name under the body and in 本证书由…颁发, letter by letter",
    ),
    passes=Said(
        "空格、零宽字符和部首代字；备案的分支机构名称；其后的备案英文名称。未提供备案时为“无法判断”",
        "spaces, zero width and radicals; names of filed branches; the "
        "filed English name behind it. Without a filing it is undecided",
    ),
    decided_by="text, filing",
    check=_check,
    remedy=Said("按备案名称改写", "write the name as filed"),
)
