"""Identity numbers (证件号码): what can be said about a number without asking a register.

The 18-digit numbers follow GB 11643-1999 and its check digit (MOD 11-2). Places are not looked up:
their codes change, and a table of them refuses the standard's own example, every 81/82/83 residence
permit and the permanent-residence card of 2023.

>>> problems(IdentityType.RESIDENT_CARD, "11010519491231002X", on=date(2026, 1, 5))
()
>>> guess_type("810000199408230021").zh
'港澳台居民居住证'
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from certgen.errors import Said
from certgen.standards.identity_types import IdentityType
from certgen.standards.text import half_width, mask

__all__ = [
    "IdentityType",
    "Problem",
    "Sex",
    "birth_date",
    "guess_type",
    "mask",
    "problems",
    "sex",
    "tidy",
]


class Sex(StrEnum):
    """Sex (性别) as the 17th digit of a resident number states it."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a number. `said` never repeats the number: the row has it."""

    code: str  # permanent short id, 'identity/check-digit'
    said: Said
    certain: bool  # False: a doubt that a person must look at, not a reason to refuse


# Excel's text mark and the quotation marks it turns into when the cell is copied.
_STRIPPED = re.compile(r"[\s\u200b-\u200f\u2060\ufeff'`\u2018\u2019]+")


def tidy(text: str) -> str:
    """A typed number as it is kept: half-width, upper case, no spaces or invisible characters."""
    return _STRIPPED.sub("", half_width(text)).upper()


_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
_FIFTEEN = re.compile(r"[0-9]{15}")
_SHAPES = {
    IdentityType.RESIDENT_CARD: _EIGHTEEN,
    # 国办发〔2018〕81号 第三条: Hong Kong 810000, Macao 820000, Taiwan 830000.
    IdentityType.HMT_RESIDENCE_PERMIT: re.compile(r"8[123]0000[0-9]{11}[0-9X]"),
    # The card of 2023: '9', province, nationality (ISO 3166, never 000), then as a resident number.
    # The older one, valid in its term: three letters and twelve digits.
    IdentityType.PERMANENT_RESIDENCE_CARD: re.compile(
        r"9[1-8][0-9](?!000)[0-9]{14}[0-9X]|[A-Z]{3}[0-9]{12}"
    ),
    # Eight lifelong digits; cards of 1999 print two more for the renewal.
    IdentityType.HONG_KONG_MACAO_PERMIT: re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?"),
    # Eight lifelong digits since 2008; before, two more and sometimes a letter in brackets.
    IdentityType.TAIWAN_PERMIT: re.compile(r"[0-9]{8}(?:[0-9]{2}(?:\([A-Z]\))?)?"),
    IdentityType.PASSPORT: re.compile(r"[A-Z0-9]{5,20}"),
}
_EXPECTED = {
    IdentityType.RESIDENT_CARD: Said("18 位数字，末位可为 X", "18 digits, the last may be X"),
    IdentityType.HMT_RESIDENCE_PERMIT: Said(
        "以 810000、820000 或 830000 开头的 18 位号码",
        "18 digits beginning 810000, 820000 or 830000",
    ),
    IdentityType.PERMANENT_RESIDENCE_CARD: Said(
        "以 9 开头的 18 位号码，或旧版 3 个字母加 12 位数字",
        "18 digits beginning 9, or the older 3 letters and 12 digits",
    ),
    IdentityType.HONG_KONG_MACAO_PERMIT: Said(
        "H 或 M 加 8 位数字（旧版 10 位）", "H or M and 8 digits (older cards 10)"
    ),
    IdentityType.TAIWAN_PERMIT: Said("8 位数字（旧版 10 位）", "8 digits (older cards 10)"),
    IdentityType.PASSPORT: Said("5 至 20 位字母和数字", "5 to 20 letters and digits"),
}
# The permit for Hong Kong and Macao residents who are not Chinese nationals (2024): its form is not
# published.
_PERMIT_OF_UNKNOWN_FORM = re.compile(r"[A-Z0-9]{8,12}")
# A passport of the People's Republic: a letter, a letter or digit, seven digits.
_CHINESE_PASSPORT = re.compile(r"[DEGPS][A-Z0-9][0-9]{7}")
# GB 11643-1999 gives a bearer born in 1880 as its example; before 1800 is a slip of the keyboard.
_EARLIEST_BIRTH = date(1800, 1, 1)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check_digit(first_seventeen: str) -> str:
    """The 18th character of a number by GB 11643-1999 (ISO 7064 MOD 11-2)."""
    total = sum(w * int(digit) for w, digit in zip(_WEIGHTS, first_seventeen, strict=True))
    return "10X98765432"[total % 11]


def problems(kind: IdentityType, number: str, on: date) -> tuple[Problem, ...]:
    """Everything wrong or doubtful about `number` (tidied) as a `kind`, seen on the day `on`.

    An empty tuple does not mean that the document exists: only a register can say so.
    """
    if not _SHAPES[kind].fullmatch(number):
        return (_misshapen(kind, number),)
    if not _is_eighteen(kind, number):
        return _other_kind(kind, number)
    found = (
        *_other_kind(kind, number),
        _check_digit_problem(number),
        _birth_problem(number, on),
        _rounded(number),
    )
    return tuple(problem for problem in found if problem)


def guess_type(number: str) -> IdentityType | None:
    """The type whose numbers have this shape, for a roster without a type column, or None."""
    if _FIFTEEN.fullmatch(number):
        return IdentityType.RESIDENT_CARD  # `problems` then says that the old numbers are void
    if _CHINESE_PASSPORT.fullmatch(number):
        return IdentityType.PASSPORT
    special_first = (
        IdentityType.HMT_RESIDENCE_PERMIT,
        IdentityType.PERMANENT_RESIDENCE_CARD,
        IdentityType.RESIDENT_CARD,
        IdentityType.HONG_KONG_MACAO_PERMIT,
        IdentityType.TAIWAN_PERMIT,
    )
    return next((kind for kind in special_first if _SHAPES[kind].fullmatch(number)), None)


def birth_date(kind: IdentityType, number: str) -> date | None:
    """The date of birth (出生日期) that a number states; None for none or an impossible one."""
    if not (_SHAPES[kind].fullmatch(number) and _is_eighteen(kind, number)):
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex(kind: IdentityType, number: str) -> Sex | None:
    """The sex that the 17th digit states, odd for male (GB 11643-1999); None where none does."""
    has_digit = kind in {IdentityType.RESIDENT_CARD, IdentityType.HMT_RESIDENCE_PERMIT}
    if not (has_digit and _SHAPES[kind].fullmatch(number)):
        return None
    return Sex.MALE if int(number[16]) % 2 else Sex.FEMALE


def _is_eighteen(kind: IdentityType, number: str) -> bool:
    return kind is not IdentityType.PASSPORT and bool(_EIGHTEEN.fullmatch(number))


def _misshapen(kind: IdentityType, number: str) -> Problem:
    guessed = guess_type(number)
    if kind is IdentityType.RESIDENT_CARD and _FIFTEEN.fullmatch(number):
        said = Said(
            "15 位旧身份证号码已停止使用，请填写 18 位号码",
            "15-digit resident numbers are no longer in use; give the number of 18 digits",
        )
        return Problem("identity/old-number", said, certain=True)
    if kind is IdentityType.HONG_KONG_MACAO_PERMIT and _PERMIT_OF_UNKNOWN_FORM.fullmatch(number):
        said = Said(
            f"{kind.zh}号码不是常见格式（{_EXPECTED[kind].zh}），请对照证件核实",
            f"unusual number for a {kind.en} ({_EXPECTED[kind].en}); compare it with the document",
        )
        return Problem("identity/unusual-shape", said, certain=False)
    hint_zh = f"；看起来是{guessed.zh}，请核对证件类型" if guessed else "，请对照证件更正"
    hint_en = f"; it looks like a {guessed.en}: check the type" if guessed else "; correct it"
    said = Said(
        f"{kind.zh}号码应为{_EXPECTED[kind].zh}，现为 {len(number)} 位{hint_zh}",
        f"a {kind.en} number has {_EXPECTED[kind].en}, found {len(number)} characters{hint_en}",
    )
    return Problem("identity/shape", said, certain=True)


def _other_kind(kind: IdentityType, number: str) -> tuple[Problem, ...]:
    """A doubt when the number fits its stated type only loosely and another type exactly."""
    guessed = guess_type(number)
    fits_better = guessed in {
        IdentityType.HMT_RESIDENCE_PERMIT,
        IdentityType.PERMANENT_RESIDENCE_CARD,
        IdentityType.RESIDENT_CARD,
    }
    if guessed is None or guessed is kind or not fits_better:
        return ()
    said = Said(
        f"证件类型为{kind.zh}，号码却是{guessed.zh}的格式，请核对证件类型",
        f"the type says {kind.en}, the number looks like a {guessed.en}: check the type",
    )
    return (Problem("identity/other-type", said, certain=False),)


def _check_digit_problem(number: str) -> Problem | None:
    if number[17] == check_digit(number[:17]):
        return None
    said = Said(
        "证件号码校验位不符，至少有一位写错，请对照证件更正",
        "the check digit does not fit: at least one digit is wrong; compare with the document",
    )
    return Problem("identity/check-digit", said, certain=True)


def _birth_problem(number: str, on: date) -> Problem | None:
    born = birth_date(IdentityType.RESIDENT_CARD, number)
    if born and _EARLIEST_BIRTH <= born <= on:
        return None
    said = Said(
        "证件号码中的出生日期不存在或在将来，请对照证件更正",
        "the date of birth in the number does not exist or lies ahead; compare with the document",
    )
    return Problem("identity/birth-date", said, certain=True)


def _rounded(number: str) -> Problem | None:
    """Excel keeps 15 digits of 18; yet nine in ten thousand genuine numbers end in 000."""
    if not number.endswith("000"):
        return None
    said = Said(
        "证件号码以 000 结尾，可能已被表格软件改写，请对照证件核实，并把该列设为文本格式",
        "the number ends in 000: a spreadsheet may have rounded it; compare with the document and "
        "make the column text",
    )
    return Problem("identity/rounded", said, certain=False)
