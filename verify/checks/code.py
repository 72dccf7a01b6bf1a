"""Checks 100 to 119: the certificate code (证书编码), part by part, and against what else is known.

人社鉴发〔2019〕2号 附件1. A well-formed code proves only that somebody can count.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from certgen.errors import CodeError, Said
from certgen.standards.codes import henan
from certgen.standards.codes.identify import DocumentKind, identify
from certgen.standards.codes.national import CLAUSE, CertificateCode
from certgen.standards.codes.parts import Part
from certgen.standards.levels import Level
from certgen.standards.text import shown
from verify.checks.running import Stage
from verify.claims import Channel, Field
from verify.evidence import Axis, Check, Evidence
from verify.matter import Matter
from verify.reasons import Reason

FORM = Check(
    100, "code/form", Axis.GRAMMAR, Said("证书编码格式", "form of the certificate code"), CLAUSE
)
_PART_IDS = ("category", "agency", "province", "site", "year", "level", "serial")

# A code in which every part is good: one part of the code at hand is put into it at a time, so that
# the standard itself judges that part alone.
_GOOD = "Y000011000001195000001"
_GOOD_PARTS = CertificateCode.parse(_GOOD).explain()
PARTS = tuple(
    Check(101 + n, f"code/{id_}", Axis.GRAMMAR, part.name, part.clause)
    for n, (id_, part) in enumerate(zip(_PART_IDS, _GOOD_PARTS, strict=True))
)
DATE = Check(
    110,
    "code/date",
    Axis.GRAMMAR,
    Said("编码年份与发证日期", "year of the code and issue date"),
    f"{CLAUSE} 二(五)",
)
LEVEL = Check(
    111,
    "code/level-stated",
    Axis.GRAMMAR,
    Said("编码等级与所写等级", "level of the code and level stated"),
    f"{CLAUSE} 二(六)",
)
AGREEMENT = Check(
    112,
    "code/one-code",
    Axis.DOCUMENT,
    Said("各处编码一致", "one code everywhere"),
)
HENAN = Check(113, "code/henan", Axis.GRAMMAR, Said("河南省编码规则", "Henan's rules for the code"))
FUTURE = Check(
    114, "code/future", Axis.GRAMMAR, Said("发证日期不在将来", "issue date not in the future")
)


def form(matter: Matter) -> Iterator[Evidence]:
    """The code as a whole."""
    if not matter.code:
        yield FORM.skipped(
            Reason.NO_CODE, Said("没有读到证书编码", "no certificate code was found")
        )
        return
    found = identify(matter.code)
    if found.kind is DocumentKind.CERTIFICATE:
        said = Said("符合 22 位证书编码规则", "22 characters, as the rule has it")
        yield FORM.passed(said, code=matter.code)
    elif found.kind is DocumentKind.UNKNOWN:
        yield FORM.failed(Reason.CODE_MALFORMED, found.said)
    else:
        yield FORM.skipped(Reason.OTHER_DOCUMENT, found.said, kind=found.kind.value)


def parts(matter: Matter) -> Iterator[Evidence]:
    """Each of the seven parts by itself; nothing where it is no code of this length."""
    plain = "".join(matter.code.split())
    if len(plain) != len(_GOOD) or identify(plain).kind is DocumentKind.SPECIAL_TECHNICIAN:
        return
    whole = _parsed(matter)  # explains the site by its province; a part alone cannot
    for n, (check, part) in enumerate(zip(PARTS, _GOOD_PARTS, strict=True)):
        text = plain[part.first - 1 : part.last]
        try:
            alone = CertificateCode.parse(_GOOD[: part.first - 1] + text + _GOOD[part.last :])
        except CodeError:
            yield check.failed(Reason.CODE_MALFORMED, _unknown(part, text), found=shown(text))
            continue
        meaning = (whole or alone).explain()[n].meaning
        said = Said(f"“{text}”：{meaning.zh}", f"'{text}': {meaning.en}")
        yield check.passed(said, found=text)


def _unknown(part: Part, text: str) -> Said:
    where = f"{part.first}" if part.first == part.last else f"{part.first}-{part.last}"
    return Said(
        f"第 {where} 位“{shown(text)}”不是通知所列的{part.name.zh}，请核对有无抄错",
        f"positions {where}, '{shown(text)}': no {part.name.en} that the notice knows; look for a slip",
    )


def against_date(matter: Matter) -> Iterator[Evidence]:
    """The year of the code, C13: 核发年份代码 is that of the 发证日期."""
    code, day = _parsed(matter), issue_date(matter)
    if code is None:
        return
    if day is None:
        yield DATE.skipped(Reason.NO_DATE, Said("不知道发证日期", "no issue date is known"))
    elif day.year == code.issue_year:
        yield DATE.passed(
            Said(
                f"编码年份与发证日期均为 {day.year} 年", f"both code and issue date say {day.year}"
            )
        )
    else:
        yield DATE.failed(
            Reason.CODE_AGAINST_DATE,
            Said(
                f"编码为 {code.issue_year} 年核发，发证日期为 {day.year} 年，请核对",
                f"the code was issued in {code.issue_year}, the issue date is of {day.year}: look again",
            ),
        )


def against_level(matter: Matter) -> Iterator[Evidence]:
    """The level of the code, C13: position 16 is the printed level."""
    code = _parsed(matter)
    for channel in (Channel.PDF_TEXT, Channel.OCR, Channel.LISTED):
        stated = matter.claims.value(Field.LEVEL, channel)
        if code is None or stated not in {"1", "2", "3", "4", "5"}:
            continue
        level = Level(int(stated))
        if level is code.level:
            yield LEVEL.passed(
                Said(
                    f"{channel.said.zh}与编码均为{level.written}",
                    f"{channel.said.en} and code both say level {level:d}",
                )
            )
            continue
        said = Said(
            f"编码等级为{code.level.written}，{channel.said.zh}写的是{level.written}，请核对",
            f"the code says level {code.level:d}, {channel.said.en} says level {level:d}: look again",
        )
        reason = Reason.CODE_AGAINST_LEVEL
        if channel is Channel.OCR:
            reason = Reason.OCR_DIFFERS
        elif channel is Channel.LISTED:
            reason = Reason.TYPED_DIFFERS
        yield LEVEL.failed(reason, said)


def local_rules(matter: Matter) -> Iterator[Evidence]:
    """Henan's rules, by the issue date; nothing for other provinces."""
    code, day = _parsed(matter), issue_date(matter)
    if code is None or code.province != henan.PROVINCE:
        return
    # Without a date the last day of the code's year, or today: rules that bind by then may apply.
    day = day or min(date(code.issue_year, 12, 31), matter.now.date())
    doubts = henan.doubts(code, day)
    for doubt in doubts:
        yield HENAN.failed(Reason.LOCAL_RULE, doubt.said, clause=doubt.clause, doubt=doubt.code)
    if not doubts:
        yield HENAN.passed(
            Said("符合河南省编码规则", "follows Henan's rules"), clause="豫职鉴〔2020〕2号 附件1"
        )


def not_ahead(matter: Matter) -> Iterator[Evidence]:
    """Nobody has a certificate of tomorrow."""
    code, day = _parsed(matter), issue_date(matter)
    if code is None:
        return
    today = matter.now.date()
    if (day and day > today) or code.issue_year > today.year:
        yield FUTURE.failed(
            Reason.CODE_AGAINST_DATE,
            Said(
                "发证日期或编码年份在将来，请核对，并检查本机时钟",
                "issue date or code year lies ahead: look again, and check this machine's clock",
            ),
        )


def issue_date(matter: Matter) -> date | None:
    """The issue date by the most trustworthy channel that knows it."""
    for channel in Channel:
        text = matter.claims.value(Field.ISSUE_DATE, channel)
        with suppress(ValueError):  # a list may say anything
            return date.fromisoformat(text)
    return None


def _parsed(matter: Matter) -> CertificateCode | None:
    try:
        return CertificateCode.parse("".join(matter.code.split()))
    except CodeError:
        return None


STAGES = (
    Stage(FORM, form),
    Stage(PARTS[0], parts),
    Stage(DATE, against_date),
    Stage(LEVEL, against_level),
    Stage(HENAN, local_rules),
    Stage(FUTURE, not_ahead),
)
