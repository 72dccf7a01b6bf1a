"""Cross-checks a row: its identity number (证件号码) against birth date, sex and photo name.

Nothing of this is printed; these columns bear witness when cells were moved or typed into the
wrong row. A name and a number that stand in each other's column are told by their looks.
"""

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import NamedTuple

from certgen.intake.cells import Cell, error, is_blank, text_of, warning
from certgen.intake.columns import Field
from certgen.intake.written_days import day_of
from certgen.model.finding import Finding
from certgen.standards.identity import Sex, guess_type, sex, tidy

_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
_ANY_DIGIT = re.compile("[0-9０-９]")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_SEXES = {
    **dict.fromkeys(("男", "男性", "M", "MALE"), Sex.MALE),
    **dict.fromkeys(("女", "女性", "F", "FEMALE"), Sex.FEMALE),
}


class Claims(NamedTuple):
    """What one row says about its holder, each part None where it says nothing that can be used."""

    number: str | None  # 18 digits
    name: str | None
    birth: str | None  # '19900101', as it stands in a number
    sex: Sex | None
    photo_number: str | None
    photo_name: str | None


def claims_of(number: Cell, name: Cell, birth: Cell, sex_cell: Cell, photo: Cell) -> Claims:
    """The claims of a row's cells; a blank cell claims nothing."""
    tidied = tidy(text_of(number)) if not is_blank(number) else ""
    stem = PurePath(text_of(photo).strip()).stem if not is_blank(photo) else ""
    photo_number = tidy(stem)
    born = None if is_blank(birth) else day_of(birth).day
    return Claims(
        number=tidied if _EIGHTEEN.fullmatch(tidied) else None,
        name=text_of(name).strip() or None,
        birth=f"{born:%Y%m%d}" if born else None,
        sex=_SEXES.get(text_of(sex_cell).strip().upper()),
        photo_number=photo_number if _EIGHTEEN.fullmatch(photo_number) else None,
        photo_name=stem if _HAN.search(stem) else None,
    )


def stated_sex(claims: Claims) -> Sex | None:
    """The sex that the number states; a permanent-residence card has 18 digits and states none."""
    kind = guess_type(claims.number) if claims.number else None
    return sex(kind, claims.number) if kind and claims.number else None


def disagreements(own: Claims) -> Iterator[tuple[Field, Finding]]:
    """What in a row contradicts its identity number, at the witness's column."""
    number = own.number
    if number and own.birth and number[6:14] != own.birth:
        yield Field.BIRTH_DATE, _differs("row/birth-date", "出生日期", "birth date")
    stated = stated_sex(own)
    if own.sex and stated and own.sex is not stated:
        yield Field.SEX, _differs("row/sex", "性别", "sex")
    if number and own.photo_number and number != own.photo_number:
        yield Field.PHOTO, _differs("row/photo-number", "照片文件名的号码", "photo's number")
    elif own.name and own.photo_name and not same_name(own.name, own.photo_name):
        yield (
            Field.PHOTO,
            warning(
                "row/photo-name",
                zh="照片文件名中的姓名与本行姓名不同，请核对是否错行",
                en="the name in the photo's file name is not the name of this row: is it the "
                "photo of another row?",
            ),
        )


def is_swapped(name: Cell, number: Cell) -> bool:
    """Whether the number stands in the column of names and a name in the column of numbers."""
    word = text_of(number).strip()
    return (
        bool(word)
        and not _ANY_DIGIT.search(word)
        and _EIGHTEEN.fullmatch(tidy(text_of(name))) is not None
    )


def swapped() -> Finding:
    """The refusal of such a row."""
    return error(
        "row/swapped",
        zh="姓名和证件号码填反了，请把两格内容对调",
        en="name and identity number stand in each other's column: exchange the two cells",
    )


def same_name(name: str, photo_name: str) -> bool:
    """Whether a photo's name is this holder's: '张样例_2' and '001张样例' are of 张样例."""
    return name in photo_name or photo_name in name


def _differs(code: str, zh: str, en: str) -> Finding:
    return error(
        code,
        zh=f"{zh}与证件号码不一致，其中之一有误或错行，请对照证件更正",
        en=f"the {en} does not fit the identity number: one of them is wrong or stands in another "
        "row; compare with the document",
    )
