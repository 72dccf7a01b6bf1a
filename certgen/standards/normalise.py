"""Text as an eye reads it, with the way back to every code point: what disguised wording is found in.

A design may hide a word from a search and not from a reader: letter-spaced, with dots or zero-width
spaces between, in traditional characters (繁体), radicals (部首), full width, every character twice.
`folded` undoes all of that and keeps for each folded character where it stands in the source. To
compare only: what is printed is never changed.

>>> text = folded("中・華 国\u200b家")
>>> [text.source_span(*span) for span in text.spans(loose("国家"))]
[(4, 7)]
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category, combining, normalize

from certgen.errors import Said
from certgen.standards.lookalikes import alphabets, equivalents, variants

BARRIER = "\ue000"
"""。！？ and the edge of a field: nobody reads a word across it."""

WEDGE = "\ue001"
"""A dot, dash or ornament that letter-spacing may put between the characters of one word."""

SEPARATOR = "\ue002"
"""A comma, slash or bracket: it parts two words, unless it stands between single characters."""

WIDE = "\ue003"
"""A gap of three spaces or more, or a tab: as `SEPARATOR`."""

_GAP = f"[ \n{WEDGE}{SEPARATOR}{WIDE}]"
_GAPS = f"{_GAP}{{0,3}}"
_NEEDS_RHYTHM = frozenset((SEPARATOR, WIDE))
_BARRIERS = frozenset("。！？｡⁇‼")
_SEPARATORS = frozenset(
    ',;:/\\|()[]{}<>"，、；：／＼｜（）［］｛｝〔〕【】〖〗《》〈〉「」『』“”„‟‹›«»!?'
)
_APOSTROPHES = frozenset("'’‘ʼ`´＇′")
_LINE_ENDS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_BLANKS = frozenset("\u3164\u115f\u1160\uffa0\u2800")  # letters and symbols that draw nothing
_DROPPED = frozenset({"Cc", "Cf", "Mn", "Me", "Cs"})
_IDEOGRAPH = "\u3400-\u4dbf\u4e00-\u9fff"
_DOUBLED = re.compile(rf"(?:([{_IDEOGRAPH}])\1){{2,}}|(?:([a-z])\2){{4,}}")
_SPELT = re.compile(rf"(?<![a-z])[a-z](?:[ {WEDGE}{SEPARATOR}][a-z]){{2,}}(?![a-z])")
_PARTS = re.compile(rf"\(\?<[=!][^()]*\)|\[[^\]]*\]|[{_IDEOGRAPH}]|\\.|.", re.DOTALL)


class Disguise(StrEnum):
    """How a word is written where it is not written plainly. The values are permanent."""

    ZERO_WIDTH = "zero-width"
    SPACED = "letter-spaced"
    BROKEN = "line-break"
    WEDGED = "wedges"
    FULL_WIDTH = "full-width"
    COMPATIBILITY = "compatibility-form"
    RADICAL = "radical"
    TRADITIONAL = "traditional-or-variant"
    ALPHABET = "other-alphabet"
    DOUBLED = "doubled"

    @property
    def said(self) -> Said:
        """As a report names it."""
        return _SAID[self]


_SAID = {
    Disguise.ZERO_WIDTH: Said("夹有零宽字符", "zero-width characters between"),
    Disguise.SPACED: Said("字间加空格", "letter-spaced"),
    Disguise.BROKEN: Said("被换行拆开", "broken over two lines"),
    Disguise.WEDGED: Said("字间夹有符号", "symbols wedged between"),
    Disguise.FULL_WIDTH: Said("全角字母", "full-width letters"),
    Disguise.COMPATIBILITY: Said("兼容字符", "compatibility characters"),
    Disguise.RADICAL: Said("以部首代字", "radicals for characters"),
    Disguise.TRADITIONAL: Said("繁体或异体字", "traditional or variant characters"),
    Disguise.ALPHABET: Said("混用其他字母表", "letters of another alphabet"),
    Disguise.DOUBLED: Said("每字重复", "every character twice"),
}


class _Piece(NamedTuple):
    """One folded character and the piece of the source it stands for."""

    char: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `starts` and `ends` give for each of its characters its place in `source`."""

    source: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def source_span(self, first: int, last: int) -> tuple[int, int]:
        """Where in the source the folded characters from `first` to before `last` stand."""
        return self.starts[first], self.ends[last - 1]

    def spans(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """Where `pattern` matches in the folded text, without the gaps behind it.

        What is parted by a comma, a bracket or a wide gap counts only between single characters.
        """
        for found in pattern.finditer(self.text):
            first, last = found.start(), found.end()
            while last > first and is_gap(self.text[last - 1]):
                last -= 1
            if last > first and self._reads_on(first, last):
                yield first, last

    def inside(self, start: int, end: int) -> tuple[int, int]:
        """The folded characters that stand for the source from `start` to before `end`."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def _reads_on(self, first: int, last: int) -> bool:
        return all(self._single(at) for at in range(first, last) if self.text[at] in _NEEDS_RHYTHM)

    def _single(self, gap: int) -> bool:
        """Whether the characters before and behind a gap both stand alone, as in 国/家."""
        left = self._skip(gap, -1)
        right = self._skip(gap, 1)
        return not (self._letter(left - 1) or self._letter(right + 1))

    def _skip(self, at: int, step: int) -> int:
        while 0 <= at < len(self.text) and is_gap(self.text[at]):
            at += step
        return at

    def _letter(self, at: int) -> bool:
        return 0 <= at < len(self.text) and self.text[at].isalnum()


def is_gap(char: str) -> bool:
    """Whether a folded character is a gap: nothing that is read."""
    return char in {" ", "\n", WEDGE, SEPARATOR, WIDE}


@lru_cache(maxsize=256)
def loose(expression: str) -> re.Pattern[str]:
    """A regular expression over `Folded.text` that lets gaps stand behind every ideograph."""
    return re.compile("".join(map(_with_gaps, _PARTS.findall(expression))))


def _with_gaps(part: str) -> str:
    if part.startswith("(?<") or not re.search(f"[{_IDEOGRAPH}]", part):
        return part
    return f"(?:{part}{_GAPS})"


@lru_cache(maxsize=4096)
def folded(source: str, *, names: bool = False) -> Folded:
    """`source` as an eye reads it. For `names`, traditional and variant characters stay what they are.

    A filed name is filed in the characters it has; written in others it is another name.
    """
    pieces = [piece for at, char in enumerate(source) for piece in _pieces(char, at, names=names)]
    pieces = _gaps_joined(pieces)
    pieces = _unspelt(_undoubled(pieces))
    return Folded(
        source,
        "".join(piece.char for piece in pieces),
        tuple(piece.start for piece in pieces),
        tuple(piece.end for piece in pieces),
    )


def _pieces(char: str, at: int, *, names: bool) -> Iterator[_Piece]:
    for folded_char in fold(char, names=names):
        yield _Piece(folded_char, at, at + 1)


@lru_cache(maxsize=16384)
def fold(char: str, *, names: bool = False) -> str:  # noqa: PLR0911  (one line a kind of character)
    """What one code point is read as: '' for nothing, a gap, or letters in lower case."""
    if char in _LINE_ENDS:
        return "\n"
    if char in _BLANKS:
        return " "
    if char == "\t":
        return WIDE
    kind = category(char)
    if kind in _DROPPED:
        return ""
    if kind in {"Zs", "Zl", "Zp"}:
        return " "
    if kind == "No" or char in "ーｰ":
        return WEDGE  # ① between characters is an ornament; the digits of a number are Nd
    if char in _APOSTROPHES:
        return "'"
    if char in _BARRIERS:
        return BARRIER
    if char in _SEPARATORS:
        return SEPARATOR
    return "".join(_letter(plain, names=names) for plain in _plain(char))


def _plain(char: str) -> str:
    """Compatibility forms resolved, accents of Latin letters dropped: é is e, ㊥ is 中."""
    decomposed = normalize("NFKD", char)
    return "".join(part for part in decomposed if not combining(part)).casefold()


def _letter(char: str, *, names: bool) -> str:
    char = equivalents().get(char, char)
    if not names:
        char = variants().get(char, char)
    char = alphabets().get(char, char)
    kind = category(char)
    if kind[0] == "Z":
        return " "
    return WEDGE if kind[0] in "PS" or kind == "Co" else char


def _gaps_joined(pieces: list[_Piece]) -> list[_Piece]:
    """Runs of white space as one: a line end where there is one, wide where it is three or more."""
    joined: list[_Piece] = []
    at = 0
    while at < len(pieces):
        last = at
        while last < len(pieces) and pieces[last].char in {" ", "\n", WIDE}:
            last += 1
        if last == at:
            joined.append(pieces[at])
            at += 1
            continue
        run = pieces[at:last]
        joined.append(_Piece(_gap_of(run), run[0].start, run[-1].end))
        at = last
    return joined


def _gap_of(run: list[_Piece]) -> str:
    chars = [piece.char for piece in run]
    if "\n" in chars:
        return "\n"
    return WIDE if WIDE in chars or len(run) > 2 else " "


def _undoubled(pieces: list[_Piece]) -> list[_Piece]:
    """中中国国 as 中国: programs that have no bold face draw every character twice."""
    return _replaced(
        pieces, _DOUBLED, lambda run: [_over(run[at : at + 2]) for at in range(0, len(run), 2)]
    )


def _unspelt(pieces: list[_Piece]) -> list[_Piece]:
    """'n a t i o n a l' as 'national': Latin letters that all stand alone."""
    return _replaced(pieces, _SPELT, lambda run: [piece for piece in run if piece.char.isalpha()])


def _replaced(
    pieces: list[_Piece], pattern: re.Pattern[str], change: Callable[[list[_Piece]], list[_Piece]]
) -> list[_Piece]:
    text = "".join(piece.char for piece in pieces)
    out: list[_Piece] = []
    at = 0
    for found in pattern.finditer(text):
        out += pieces[at : found.start()]
        out += change(pieces[found.start() : found.end()])
        at = found.end()
    return out + pieces[at:]


def _over(run: list[_Piece]) -> _Piece:
    return _Piece(run[0].char, run[0].start, run[-1].end)


def disguises(written: str, term: str) -> tuple[Disguise, ...]:
    """How `written`, the piece of a text that reads `term`, differs from it; in the order of `Disguise`."""
    if written == term:
        return ()
    found = {kind for char in written for kind in _kinds(char)}
    if _DOUBLED.search("".join(folded_char for char in written for folded_char in fold(char))):
        found.add(Disguise.DOUBLED)
    if term.isascii() and not found - {Disguise.SPACED, Disguise.WEDGED, Disguise.BROKEN}:
        # English and pinyin have spaces and full stops of their own.
        found = found if _SPELT.search(folded_gaps(written)) else set()
    return tuple(kind for kind in Disguise if kind in found)


def folded_gaps(written: str) -> str:
    """`written` folded character by character, its single letters left apart."""
    return "".join(folded_char for char in written for folded_char in fold(char))


def _kinds(char: str) -> Iterator[Disguise]:
    read = fold(char)
    if not read:
        yield Disguise.ZERO_WIDTH
    elif read == "\n":
        yield Disguise.BROKEN
    elif read in {" ", WIDE}:
        yield Disguise.SPACED
    elif is_gap(read) or read in {BARRIER, "'"}:
        yield from () if read == "'" else (Disguise.WEDGED,)
    elif read != char.casefold():
        yield _letter_kind(char)


def _letter_kind(char: str) -> Disguise:
    if char in equivalents() or "\u2f00" <= char <= "\u2fdf":
        return Disguise.RADICAL
    if char in variants():
        return Disguise.TRADITIONAL
    if char.casefold() in alphabets():
        return Disguise.ALPHABET
    return Disguise.FULL_WIDTH if "\uff01" <= char <= "\uff5e" else Disguise.COMPATIBILITY
