"""Other code points for one written character: what is usually meant by a look-alike (异体, 部首).

Text copied from a PDF brings radicals (部首) for 民, 马 or 人, old systems bring compatibility forms,
full-width letters are habit. To compare and to advise only: what is printed is never changed.

>>> "".join(map(usual, "⺠囯Ａ㊥·张"))
'民国A中·张'
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from unicodedata import normalize


def _pairs(text: str) -> dict[str, str]:
    return dict(zip(text[::2], text[1::2], strict=True))


# Unicode, EquivalentUnifiedIdeograph.txt: NFKC knows two of this block only. Those that are whole
# characters of 通用规范汉字表; the others are parts that nobody takes for a character.
RADICALS = _pairs(
    "⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙"
)

VARIANTS = _pairs(
    "國国囯国圀国囻国囶国華华職职業业資资證证証证憑凭據据錄录録录鑒鉴鑑鉴會会導导訓训術术門门員员傢家"
)
"""Traditional and variant forms (繁体, 异体) of the characters that `wording` looks for."""


@lru_cache(maxsize=8192)
def usual(character: str) -> str:
    """The one character usually meant by `character`; itself where it is no look-alike."""
    compatible = normalize("NFKC", character)
    plain = compatible if len(compatible) == 1 else character
    return RADICALS.get(plain) or VARIANTS.get(plain, plain)


@cache
def equivalents() -> Mapping[str, str]:
    """Every radical and stroke (部首、笔画) to the character it looks like: Unicode's own table."""
    return MappingProxyType(_table("equivalent_ideographs.txt"))


@cache
def variants() -> Mapping[str, str]:
    """Traditional, variant and spoofing forms of every character that the wording rules know."""
    return MappingProxyType(_table("variants.txt") | VARIANTS)


@cache
def alphabets() -> Mapping[str, str]:
    """Cyrillic, Greek and other letters to the Latin letter an eye takes them for, lower case."""
    return MappingProxyType(_LATIN)


def _table(name: str) -> dict[str, str]:
    """A data file of lines 'character look-alikes', # for comments."""
    text = files("certgen.standards").joinpath(name).read_text(encoding="utf-8")
    rows = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return {other: character for character, others in rows for other in others}


# After casefolding. Unicode's confusables.txt holds thousands; these are the ones that keyboards
# and fonts of Chinese systems draw alike.
_LATIN = _pairs(
    "аaеeоoрpсcуyхxіiјjѕsԛqԝwһhԁdɡgɑaıiӏlвbнhкkмmтtηnνvοoρpτtυuχxαaγyκkιiβbεeμuωwսuոnօoցgհhզqɩiʟlǀl"
)
