"""工种/职业方向 that is empty, or filled with something else than '--' where there is none."""

import re
from collections.abc import Iterator

from certgen.errors import Said
from certgen.standards.filling import NO_JOB
from certgen.standards.text import half_width
from verify.design import clauses
from verify.design.case import Case
from verify.design.finding import Finding, Kind
from verify.design.rule import Rule, in_text

_FILLER = re.compile(r"[—–－―ー\-~/\\无空None.、。·\s]{1,6}")
_BLANK = re.compile(r"[×xX*＊_＿\s]*")


def _check(rule: Rule, case: Case) -> Iterator[Finding]:
    job = case.parts.fields.get("job")
    if job is None:
        return
    written = half_width(job.written).strip()
    if _BLANK.fullmatch(written):
        part = job.label or job.value
        if not case.profile.specimen and part is not None:
            yield rule.finding(
                Said("“工种/职业方向”后为空", "nothing stands behind 工种/职业方向"),
                in_text(part.text, part.start, part.end),
            )
    elif written != NO_JOB and _FILLER.fullmatch(written) and job.value:
        if case.profile.other_filler and written == "——":
            return
        yield rule.finding(
            Said(f"没有工种时写作“{job.written}”", f"'{job.written}' stands for no job"),
            in_text(job.value.text, job.value.start, job.value.end),
        )


RULE = Rule(
    id="fields/empty-job",
    said=Said("工种/职业方向为空", "empty job"),
    clause=clauses.FILLING,
    kind=Kind.ERROR,
    looks_at=Said("“工种/职业方向”后的内容", "what stands behind 工种/职业方向"),
    passes=Said(
        "“--”（全角亦可）；备案样本的空白栏（方案 specimen）；2019年样式的“——”（方案 withdrawn-2019、henan-2020）",
        "'--', also full width; empty fields of a specimen (profile specimen); —— in the forms of 2019 and Henan 2020",
    ),
    decided_by="text",
    check=_check,
    remedy=Said("没有工种或方向的，填写“--”", "write -- where there is no job"),
)
