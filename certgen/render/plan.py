"""The plan: everything that a batch's certificates of one form share, made once and kept as one file.

A plan holds the first bytes of every file (fonts with the glyphs that are common in the batch, static page content,
seals, output intent) and the outlines of the batch's rarer glyphs. With it, a resumed run or a reprint years later
gives the same bytes, whatever fonts the machine then has. It is named by its SHA-256 in the register.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from certgen.compose import Composer
from certgen.exchange.agency import Agency
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.model.page import Primitive, Seal, TextRun
from certgen.render.base import Base, electronic_base
from certgen.render.faces import KeptFace, keep
from certgen.render.signature import Signing

FORMAT = 2
"""Of the file of a plan. 2: several signatures."""

COMMON_SHARE = 0.02
COMMON_ROWS = 3
"""A glyph that this share of the rows uses, and at least so many, goes into the batch's own subset.

Fewer would put the glyphs of one holder's name into everybody's file; more would make files larger.
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """The artefact. `form` is the digest of what went in, so that a changed agency file is noticed."""

    form: str
    branch: str | None
    signing: Signing
    electronic: Base | None
    chains: Mapping[str, tuple[str, ...]]  # role -> face ids in order
    faces: Mapping[str, KeptFace]
    common: Mapping[str, tuple[str, ...]]  # face id -> characters, glyph i+1 is the i-th

    def fontset(self) -> FontSet[KeptFace]:
        """The faces of the batch, as far as the batch used them."""
        return FontSet(
            {role: tuple(self.faces[one] for one in ids) for role, ids in self.chains.items()}
        )


@dataclass(slots=True)
class Usage:
    """Which characters the values of a batch use in which face, and in how many rows."""

    rows: int = 0
    chars: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, values: Iterable[Primitive]) -> None:
        """Count one row."""
        self.rows += 1
        self.chars.update(
            {(run.face, char) for run in values if isinstance(run, TextRun) for char in run.text}
        )


_SIGNED_SINCE_1 = {Signing.NOBODY: False, Signing.AGENCY: True}
"""How a digest names what plans of format 1 could say, so that it stays the same for them."""


def form_digest(composer: Composer, agency: Agency, signing: Signing) -> str:
    """What the static part of a form depends on: contents, places, faces, seal pictures, editions."""
    seals = [
        (item.owner, hashlib.sha256(agency.seals[item.owner].path.read_bytes()).hexdigest())
        for item in composer.statics
        if isinstance(item, Seal)
    ]
    editions = (
        agency.electronic,
        agency.paper,
        agency.print_seals,
        agency.qr,
        agency.qr_host,
        _SIGNED_SINCE_1.get(signing, signing.value),
    )
    facts: tuple[object, ...] = (
        1,
        composer.layout.id,
        agency.name,
        composer.statics,
        seals,
        editions,
    )
    bold = [run.slot for run in composer.statics if isinstance(run, TextRun) and run.bold]
    if composer.embossed:
        picture = agency.seals[composer.embossed.owner].path.read_bytes()
        facts += (composer.embossed, hashlib.sha256(picture).hexdigest())
    if bold or composer.others:  # the digests of forms that have neither stay what they were
        facts += (bold, composer.others)
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def make_plan(
    composer: Composer, branch: str | None, fonts: FontSet[Face], usage: Usage, signing: Signing
) -> Plan:
    """Plan a batch whose values were counted in `usage`. Takes about a second, most of it compressing fonts."""
    agency = composer.agency
    printed = (*composer.statics, *(item for side in composer.others for item in side.items))
    statics = {(run.face, char) for run in printed if isinstance(run, TextRun) for char in run.text}
    chosen: dict[str, list[str]] = {}
    least = max(COMMON_ROWS, COMMON_SHARE * usage.rows)
    for face, char in sorted(statics | {key for key, rows in usage.chars.items() if rows >= least}):
        chosen.setdefault(face, []).append(char)
    common = {face: tuple(chars) for face, chars in chosen.items()}
    faces = keep(fonts, statics | set(usage.chars))
    return Plan(
        form=form_digest(composer, agency, signing),
        branch=branch,
        signing=signing,
        electronic=electronic_base(composer, faces, common, signing=signing)
        if agency.electronic
        else None,
        chains={role: tuple(face.id for face in chain) for role, chain in fonts.faces.items()},
        faces=faces,
        common=common,
    )
