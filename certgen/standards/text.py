"""How typed text is folded before it is read, and quoted in a message without giving anyone away.

Rosters are typed with Chinese input methods: full-width letters, digits, slashes and brackets are
habit, not meaning. Only that block is folded: Unicode's NFKC would also turn '²' into '2', and a
superscript is no digit of a code.

>>> half_width("三级／高级工（３）")
'三级/高级工(3)'
>>> shown("身份证 11010519491231002X")
'身份证 ***2X'
"""

import re

_FULL_TO_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_NUMBER_LIKE = re.compile(r"(?=[A-Za-z]*[0-9])[0-9A-Za-z]+")
_LONGEST_IDENTITY = 18
_SHORTEST_IDENTITY = 5
_LONGEST_QUOTE = 40


def half_width(text: str) -> str:
    """`text` with U+FF01 to U+FF5E and the ideographic space written half-width."""
    return text.translate(_FULL_TO_HALF)


def mask(number: str) -> str:
    """A number (证件号码) made safe for a message: '110***2X', or '***2X' when it is short.

    Eight-digit permits keep their last two characters only: with five of eight shown, a thousand
    tries find the holder.
    """
    if len(number) >= 15:
        return f"{number[:3]}***{number[-2:]}"
    return f"***{number[-2:]}" if len(number) >= 8 else "***"


def shown(text: str) -> str:
    """`text` as a message may quote it: cut to 40 characters, all that may be a number masked.

    Columns get shifted: what stands in the level column may be somebody's identity number. A
    certificate code is longer than any identity number and stays readable.
    """
    masked = _NUMBER_LIKE.sub(_mask_if_identity, half_width(text))
    return masked if len(masked) <= _LONGEST_QUOTE else f"{masked[:_LONGEST_QUOTE]}…"


def _mask_if_identity(found: re.Match[str]) -> str:
    word = found.group()
    is_short = len(word) < _SHORTEST_IDENTITY
    return word if is_short or len(word) > _LONGEST_IDENTITY else f"***{word[-2:]}"
