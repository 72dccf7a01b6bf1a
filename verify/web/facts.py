"""What the page knows of the notices, taken from `certgen.standards` when the page is built.

The page holds no table of its own: names, meanings and clauses of a code's parts are asked from the same
functions that `certgen show` asks, once for every value a part can have, and written down as JSON.

>>> facts()["parts"][2]["meanings"]["41"]["zh"]
'河南省'
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from certgen.errors import Said
from certgen.exchange import compact_text, payload
from certgen.standards.addresses import CERTIFICATE_QUERY, INSTITUTION_QUERY
from certgen.standards.codes import henan
from certgen.standards.codes.identify import identify
from certgen.standards.codes.national import CLAUSE, CertificateCode
from certgen.standards.codes.parts import Part
from certgen.standards.identity_types import IdentityType
from certgen.standards.levels import Level
from certgen.standards.regions import PROVINCES
from verify import advice
from verify.web.judgement import judgement

NUMBER = "{n}"
"""Stands in a sentence for the serial."""
CITY = "{city}"
"""Stands in a sentence for a city code that Henan does not have."""

_SERIAL = 123456
_CATEGORY, _AGENCY, _PROVINCE, _SITE, _YEAR, _LEVEL, _NTH = range(7)


def facts() -> dict[str, Any]:
    """Everything of the standards and of the wire format that the page knows, ready for JSON."""
    return {
        "judgement": judgement(),
        "code_clause": CLAUSE,
        "parts": [_part(n) for n in range(7)],
        "levels": {f"{level:d}": level.written for level in Level},
        "henan": _henan(),
        "kinds": _kinds(),
        "identity_types": {kind.value: _said(Said(kind.zh, kind.en)) for kind in IdentityType},
        "payload_kinds": [kind.value for kind in payload.KINDS],
        "text_forms": {
            "unsafe": compact_text.UNSAFE.pattern,
            "forbidden": compact_text.FORBIDDEN.pattern,
        },
        "advice": {"unsigned": _said(advice.OTHER_SYSTEM), "sample": _said(advice.SAMPLE)},
        "queries": {"certificate": CERTIFICATE_QUERY, "institution": INSTITUTION_QUERY},
    }


def _said(said: Said) -> dict[str, str]:
    return {"zh": said.zh, "en": said.en}


def _code(
    category: str = "Y",
    agency: str = "0000",
    province: str = "11",
    site: str = "000001",
    year: str = "26",
    level: str = "3",
) -> CertificateCode:
    return CertificateCode.parse(f"{category}{agency}{province}{site}{year}{level}{_SERIAL}")


def _examples(part: int) -> Iterable[tuple[str, CertificateCode]]:
    """Codes that show every meaning of a part, by the text (or kind of text) of what decides it."""
    match part:
        case 0:
            return (("Y", _code()), ("S", _code(category="S")))
        case 1:
            return (("0000", _code()), ("*", _code(agency="0001")))
        case 2 | 3:
            return ((province, _code(province=province)) for province in PROVINCES)
        case 4:
            return ((f"{year:02}", _code(year=f"{year:02}")) for year in range(100))
        case 5:
            return ((f"{level:d}", _code(level=f"{level:d}")) for level in Level)
        case _:
            return (("*", _code()),)


def _part(number: int) -> dict[str, Any]:
    """One of the seven parts: its place, name, clause, and what each value means."""
    shown = _code().explain()[number]
    return {
        "first": shown.first,
        "last": shown.last,
        "name": _said(shown.name),
        "clause": shown.clause,
        "meanings": {
            key: _counted(code.explain()[number].meaning) for key, code in _examples(number)
        },
    }


def _counted(said: Said) -> dict[str, str]:
    return {
        lang: text.replace(str(_SERIAL), NUMBER)
        for lang, text in (("zh", said.zh), ("en", said.en))
    }


def _henan() -> dict[str, Any]:
    """How Henan splits the site number, and what it makes doubtful, with the day since when."""
    split = henan.explain(_code(province=henan.PROVINCE))
    return {
        "province": henan.PROVINCE,
        "clause": split[3].clause,
        "cities": {code: _said(name) for code, name in henan.CITIES.items()},
        "city": _plain(split[3]),
        "sequence": _plain(split[4]),
        "doubts": _doubts(),
    }


def _plain(part: Part) -> dict[str, Any]:
    return {
        "first": part.first,
        "last": part.last,
        "name": _said(part.name),
        "meaning": _said(part.meaning),
        "clause": part.clause,
    }


def _doubts() -> dict[str, Any]:
    """Each doubt as `henan.doubts` puts it; the first day is found by asking day by day."""
    unknown = "99"
    wrong_city = _code(province=henan.PROVINCE, site=f"{unknown}0001")
    school = _code(province=henan.PROVINCE, site="009001")
    rows = [("city", wrong_city, 0), ("school_centre", school, 0)]
    rows += [
        (f"school_level_{level:d}", _code(province=henan.PROVINCE, site="009001", level=f"{level:d}"), 1)
        for level in (Level.ONE, Level.TWO)
    ]  # fmt: skip
    found = {}
    for name, code, which in rows:
        since = _since(code, which)
        doubt = henan.doubts(code, since)[which]
        said = {lang: text.replace(unknown, CITY) for lang, text in _said(doubt.said).items()}
        found[name] = {
            "since": since.isoformat(),
            "code": doubt.code,
            "said": said,
            "clause": doubt.clause,
        }
    return found


def _since(code: CertificateCode, which: int) -> date:
    """The first day on which that doubt is raised."""
    low, high = date(2019, 1, 1).toordinal(), date(2026, 1, 1).toordinal()
    while low < high:
        middle = (low + high) // 2
        if len(henan.doubts(code, date.fromordinal(middle))) > which:
            high = middle
        else:
            low = middle + 1
    return date.fromordinal(low)


def _kinds() -> dict[str, dict[str, str]]:
    """What other documents' numbers are called: asked with one number of each shape."""
    examples = {
        "special-technician": "Y00004100012326A000001",
        "old-qualification": "1234567890123456",
        "special-ability": "201601500100042",
        "external-supervisor": "R41210007",
        "internal-supervisor": "Y000101210007",
        "identity": "440524188001010014",
    }
    return {kind: _said(identify(example).said) for kind, example in examples.items()}
