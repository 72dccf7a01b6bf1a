"""typst: a template, compiled for every certificate by one `Compiler` that keeps its caches.

The compiler memoises between runs, so the faces, the seals and the parsed template are reused: the
way its authors recommend for many documents.
"""

import json
from functools import partial
from pathlib import Path
from typing import NamedTuple

from typst import Compiler, Fonts

from bench import baseline
from bench.baseline import Certificate
from bench.data import Material
from bench.peers.engine import RenderOne, qr_svg

TEMPLATE = Path(__file__).with_name("certificate.typ")


class Shared(NamedTuple):
    """Where the pictures are, and what typst calls the faces: kai, fangsong, times."""

    root: Path
    families: tuple[str, ...]


def setup(material: Material) -> RenderOne:
    """Load the faces, and the template from the folder where the pictures are."""
    template = material.folder / TEMPLATE.name
    template.write_bytes(TEMPLATE.read_bytes())
    folders = [str(material.faces.kai.parent)]
    fonts = Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    compiler = Compiler(
        str(template),
        root=str(material.folder),
        font_paths=fonts,
    )
    return partial(render_one, compiler, Shared(material.folder, _families(material, fonts)))


def render_one(
    compiler: Compiler, shared: Shared, record: Certificate, photo: Path, out: Path
) -> None:
    """Compile the template with one record as its input."""
    day = record["issued"]
    values = dict(record)
    data = values | {
        "issued": f"{day.year}年{day.month}月{day.day}日",
        "issued_en": f"{day:%Y-%m-%d}",
        "fields": [(values[key], zh, en) for key, zh, en in baseline.FIELDS],
        "title": baseline.TITLE,
        "title_en": baseline.TITLE_EN,
        "body": baseline.BODY.format(agency=record["agency"]),
        "body_en": baseline.BODY_EN.format(agency_en=record["agency_en"].removesuffix(".")),
        "faces": shared.families,
        "addresses": baseline.ADDRESSES,
        "photo": str(photo.relative_to(shared.root)),
        "qr": qr_svg(record["qr"]),
    }
    compiler.compile(output=str(out), sys_inputs={"data": json.dumps(data)})


def _families(material: Material, fonts: Fonts) -> tuple[str, ...]:
    named = {Path(font.path or "").resolve(): font.family for font in fonts.fonts()}
    return tuple(named[face.resolve()] for face in material.faces)
