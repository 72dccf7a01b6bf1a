"""Check 320: what the official query page answered, as a person recorded it. Human evidence, marked so.

The page (人社鉴发〔2021〕1号 二(一)) asks for a slider and two of name, identity number and code, so nobody but a
person may ask it. A recorded answer is shown with who asked and when; it proves nothing by itself.
"""

from collections.abc import Iterator

from certgen.errors import Said
from certgen.standards.addresses import CERTIFICATE_QUERY
from verify.checks.running import Stage
from verify.evidence import Axis, Check, Evidence
from verify.matter import Matter
from verify.reasons import Reason

OFFICIAL = Check(
    320,
    "official/recorded",
    Axis.REGISTER,
    Said("官方查询（人工记录）", "official query (recorded by a person)"),
    "人社鉴发〔2021〕1号 二(一)",
)


def look(matter: Matter) -> Iterator[Evidence]:
    """The recorded answer, if there is one for this code."""
    answer = matter.official
    if answer is None:
        yield OFFICIAL.skipped(
            Reason.OFFICIAL_NOT_ASKED,
            Said(
                f"没有官方查询的人工记录：可自行打开 {CERTIFICATE_QUERY} 查询后用 certverify record 记录",
                f"nobody has recorded an official answer: type {CERTIFICATE_QUERY} yourself, "
                "then record it with certverify record",
            ),
        )
        return
    if answer.code != "".join(matter.code.split()):
        yield OFFICIAL.skipped(
            Reason.OFFICIAL_NOT_ASKED,
            Said(
                f"人工记录是另一编码 {answer.code} 的，未采用",
                f"the record is about another code, {answer.code}: not used",
            ),
        )
        return
    when = f"{answer.when:%Y-%m-%d %H:%M}"
    figures = {"by": answer.by, "when": when, "human": "yes", "screenshot": answer.sha256}
    if answer.found:
        yield OFFICIAL.passed(
            Said(
                f"人工记录：{answer.by} 于 {when} 在官方网页查到该证书",
                f"recorded by a person: {answer.by} found it on the official page, {when}",
            ),
            **figures,
        )
        return
    yield OFFICIAL.failed(
        Reason.OFFICIAL_NOT_FOUND,
        Said(
            f"人工记录：{answer.by} 于 {when} 在官方网页未查到，请核对姓名和编号后再查",
            f"recorded by a person: {answer.by} did not find it on the official page, {when}; "
            "check name and number and ask again",
        ),
        **figures,
    )


STAGES = (Stage(OFFICIAL, look),)
