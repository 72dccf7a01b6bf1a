"""Wraps sentences that mix Chinese and Latin for a terminal: rich breaks at spaces only, and Chinese has none.

>>> wrap("PDF 有签名，但签名人不在信任之列", 12)
['PDF 有签名，', '但签名人不在', '信任之列']
"""

import re

from rich.cells import cell_len

_TOKEN = re.compile(r"[ ]+|[!-~]+|.", re.DOTALL)  # spaces, a Latin word, or one character
_NOT_FIRST = frozenset("，。、；：？！）〕》”’…—")
"""What may not begin a line: the character before it comes along."""


def wrap(text: str, width: int) -> list[str]:
    """The lines of `text`, none wider than `width` cells."""
    lines, line, used = [], "", 0
    for token in _TOKEN.findall(text):
        size = cell_len(token)
        if used + size > width:
            if token in _NOT_FIRST and line:
                moved = line[-1]
                lines.append(line[:-1].rstrip())
                line, used = moved + token, cell_len(moved + token)
                continue
            lines.append(line.rstrip())
            line, used = "", 0
            if token.isspace():
                continue
        while size > width:  # a Latin word wider than the line: an address, a digest
            lines.append(token[:width])
            token, size = token[width:], size - width  # noqa: PLW2901 - what is left of it
        line, used = line + token, used + size
    return [each for each in (*lines, line.rstrip()) if each]
