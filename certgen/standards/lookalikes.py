"""Other code points for one written character: what is usually meant by a look-alike (异体, 部首).

Text copied from a PDF brings radicals (部首) for 民, 马 or 人, old systems bring compatibility forms,
full-width letters are habit. To compare and to advise only: what is printed is never changed.

>>> "".join(map(usual, "⺠囯Ａ㊥·张"))
'民国A中·张'
"""

from functools import lru_cache
from unicodedata import normalize


def _pairs(text: str) -> dict[str, str]:
    return dict(zip(text[::2], text[1::2], strict=True))


# Unicode, EquivalentUnifiedIdeograph.txt: NFKC knows two of this block only. Those that are whole
# characters of 通用规范汉字表; the others are parts that nobody takes for a character.
RADICALS = _pairs(
    "⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙"
)

VARIANTS = _pairs(
    "國国囯国圀国華华職职業业資资證证証证憑凭據据錄录録录鑒鉴鑑鉴會会導导訓训術术門门員员傢家"
)
"""Traditional and variant forms (繁体, 异体) of the characters that `wording` looks for."""


@lru_cache(maxsize=8192)
def usual(character: str) -> str:
    """The one character usually meant by `character`; itself where it is no look-alike."""
    compatible = normalize("NFKC", character)
    plain = compatible if len(compatible) == 1 else character
    return RADICALS.get(plain) or VARIANTS.get(plain, plain)
