r"""Text in the fewest bytes that every reader understands alike: GB18030 where it is safe, else UTF-8.

A Han character takes two bytes in GB18030 and three in UTF-8, which is a whole QR version for an ordinary certificate.
In CBOR the first is a byte string, the second a text string. Each text has exactly one permitted form, by a rule that
every implementation can follow: UTF-8 if and only if a character of `UNSAFE` occurs.

>>> pack("张三").hex(), pack("\u1e3f")
('d5c5c8fd', 'ḿ')
"""

import re

UNSAFE = re.compile("[\u1e3f\u9fb4-\u9fbb\ue000-\uf8ff\ufe10-\ufe19]")
"""Characters on which the editions of GB18030 (2000, 2005, 2022) and the WHATWG table disagree.

Compared over all of Unicode with `TextDecoder('gb18030')`: Python and it differ on 21 code points, all of them here.
"""

FORBIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\uffff\U000e0000-\U000e007f]"
)
"""Controls, invisible characters and those that turn the direction of writing: what signs and shows must be one."""


class TextFormError(ValueError):
    """A forbidden character, or bytes that are not the one permitted form of a text."""


def pack(text: str) -> bytes | str:
    """`text` as CBOR is to carry it. Raises `TextFormError` for a forbidden character."""
    if FORBIDDEN.search(text):
        raise TextFormError
    return text if UNSAFE.search(text) else text.encode("gb18030")


def unpack(packed: bytes | str) -> str:
    """The text of `packed`. Raises `TextFormError` unless it is the one form of that text."""
    try:
        text = packed if isinstance(packed, str) else packed.decode("gb18030")
    except UnicodeDecodeError:
        raise TextFormError from None
    if pack(text) != packed:
        raise TextFormError
    return text
