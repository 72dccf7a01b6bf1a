"""The 8,105 general characters (通用规范汉字) that a face should draw and a name may hold.

通用规范汉字表, 国发〔2013〕23号, in the order of the table: tier one (一级字表) 1-3500, tier two
3501-6500, tier three 6501-8105. The data file was made from Unicode's Unihan database, field kTGH.

>>> general_characters()[:3], tier("蠼"), tier("䶮"), tier("囯")
(('一', '乙', '二'), 3, 3, None)
"""

from functools import cache
from importlib.resources import files

_LAST_OF_TIER = (3500, 6500, 8105)


@cache
def general_characters() -> tuple[str, ...]:
    """All characters of the table, in its order."""
    data = files("certgen.standards").joinpath("general_characters.txt")
    return tuple("".join(data.read_text(encoding="utf-8").split()))


def tier(character: str) -> int | None:
    """1, 2 or 3 for the tier (级) that holds `character`; None when the table does not."""
    number = _numbers().get(character)
    if number is None:
        return None
    return next(n for n, last in enumerate(_LAST_OF_TIER, 1) if number <= last)


@cache
def _numbers() -> dict[str, int]:
    return {character: number for number, character in enumerate(general_characters(), 1)}
