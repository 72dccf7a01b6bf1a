"""What the name of a photo file says about its holder (持证人): numbers, and perhaps a name.

Clerks name photos by identity number, by admission number (准考证号), by name, or by several of them
with anything in between.

>>> label_of("01 张三_11010519491231002x(1)").person
'张三'
>>> sorted(label_of("01 张三_11010519491231002x(1)").identities)
['11010519491231002X']
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from certgen.standards.identity import check_digit, tidy
from certgen.standards.text import half_width

_NUMBER_LIKE = re.compile(r"(?=[A-Za-z]*[0-9])[0-9A-Za-z]{5,}")
_RESIDENT = re.compile(r"(?<![0-9])[0-9]{17}[0-9X](?![0-9])")


@dataclass(frozen=True, slots=True)
class Label:
    """A file name as far as it may lead to a holder."""

    numbers: frozenset[str]  # the whole name, and everything in it that may be a number
    identities: frozenset[str]  # those of them that are identity numbers, by their check digit
    person: str  # its letters as `person_key` gives them, '' where there are none


def label_of(stem: str) -> Label:
    """What a file name without its suffix says."""
    text = half_width(stem).upper()
    words = _NUMBER_LIKE.findall(text)
    identities = frozenset(filter(_is_right, _RESIDENT.findall(text)))
    return Label(frozenset({tidy(stem), *words}) | identities, identities, person_key(stem))


def _is_right(number: str) -> bool:
    return check_digit(number[:17]) == number[17]


def person_key(name: str) -> str:
    """The letters of a name, in which a file name and a roster agree: dots and spaces differ.

    >>> person_key("阿依古丽•买买提"), person_key("02 ZHANG San (1)")
    ('阿依古丽买买提', 'zhangsan')
    """
    letters = _NUMBER_LIKE.sub("", half_width(name))
    return "".join(char for char in letters if char.isalpha()).casefold()


def count_names(holders: Iterable[tuple[str, str]]) -> Mapping[str, int]:
    """How many holders bear each name, by `person_key`; from (identity number, name) of every row.

    One person may stand in several rows and is counted once.
    """
    return Counter(key for _, key in {(number, person_key(name)) for number, name in holders})


def safe_name(file_name: str) -> str:
    """The file name without the identity number it may consist of: '***2X.jpg'."""
    return _NUMBER_LIKE.sub(lambda found: f"***{found.group()[-2:]}", file_name)
