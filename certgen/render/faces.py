"""What a plan keeps of a face (字体): enough to compose and to embed without the font file."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from certgen.fonts.faces import Face, Glyph
from certgen.fonts.fontset import FontSet
from certgen.fonts.truetype import build_from
from certgen.render.embed import Descriptor, put_font
from certgen.render.pdf import Objects


@dataclass(frozen=True, slots=True)
class KeptFace:
    """A face as far as one batch uses it. `draws` and `advance` (thousandths of an em) answer as a `Face` does."""

    id: str
    descriptor: Descriptor
    units_per_em: int
    glyphs: Mapping[str, Glyph]
    draws: Callable[[str], bool] = field(init=False, repr=False)
    advance: Callable[[str], int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Look-ups, not methods: they are asked for every character of every row."""
        scale = 1000 / self.units_per_em
        advances = {char: round(glyph.advance * scale) for char, glyph in self.glyphs.items()}
        object.__setattr__(self, "draws", advances.__contains__)
        object.__setattr__(self, "advance", advances.__getitem__)

    def put(self, objects: Objects, chars: Iterable[str], *, pack: bool) -> int:
        """Embed a subset whose glyph i+1 is the i-th of `chars`; the number of the font object."""
        drawn = tuple(chars)
        truetype = build_from([self.glyphs[char] for char in drawn], self.units_per_em)
        return put_font(
            objects,
            self.descriptor,
            drawn,
            [self.advance(char) for char in drawn],
            truetype,
            pack=pack,
        )


def keep(fonts: FontSet[Face], used: Iterable[tuple[str, str]]) -> dict[str, KeptFace]:
    """Every face of every chain, each with the outlines of the (face id, character) pairs that are `used`."""
    chars: dict[str, list[str]] = {}
    for face_id, char in sorted(used):
        chars.setdefault(face_id, []).append(char)
    return {
        face.id: KeptFace(
            face.id,
            _describe(face),
            face.units_per_em,
            {char: face.glyph(char) for char in chars.get(face.id, ())},
        )
        for chain in fonts.faces.values()
        for face in chain
    }


def _describe(face: Face) -> Descriptor:
    """The metrics of a face for its font descriptor."""
    return Descriptor(
        postscript_name=face.postscript_name,
        flags=face.flags,
        bbox=face.bbox,
        italic_angle=face.italic_angle,
        ascent=face.ascent,
        descent=face.descent,
        cap_height=face.cap_height,
    )
