"""WeasyPrint: the certificate as HTML and CSS, the style sheet and the fonts loaded once.

Needs the system's libharfbuzz-subset: without it, WeasyPrint subsets fonts in Python and takes four
times as long, which would flatter everybody else.
"""

from functools import partial
from html import escape
from pathlib import Path
from typing import NamedTuple

from weasyprint import CSS, HTML  # type: ignore[import-untyped]  # WeasyPrint has no types
from weasyprint.text.ffi import harfbuzz_subset  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]

from bench import baseline
from bench.baseline import Certificate, Seals
from bench.data import Material
from bench.peers.engine import RenderOne, qr_svg

STYLE = """
@page { size: 297mm 210mm; margin: 0 }
p, img, svg, hr { position: absolute; margin: 0; line-height: 1; white-space: nowrap }
.kai { font-family: Kai } .fangsong { font-family: FangSong } .times { font-family: Times }
.centred { width: 140mm; text-align: center }
.body { left: 24mm; top: 62mm; width: 116mm; position: absolute; font-size: 16pt }
.body p { position: static; white-space: normal }
.body .kai { text-indent: 2em; line-height: 8.2mm; margin-bottom: 3mm }
.body .times { line-height: 7mm }
hr { border: 0; border-top: 0.5pt solid black; left: 194mm; width: 78mm }
"""
FACE = '@font-face {{ font-family: {name}; src: url("{url}") }}\n'


class SlowSubsettingError(Exception):
    """WeasyPrint would run without libharfbuzz-subset."""

    def __init__(self) -> None:
        super().__init__("install libharfbuzz-subset0, or leave weasyprint out with --only")


class Shared(NamedTuple):
    """What is loaded once: fonts and style sheet, and the seals' addresses."""

    fonts: FontConfiguration
    sheet: CSS
    seals: Seals


def setup(material: Material) -> RenderOne:
    """Load the faces and parse the style sheet."""
    if harfbuzz_subset is None:
        raise SlowSubsettingError
    fonts = FontConfiguration()
    named = zip(("Kai", "FangSong", "Times"), material.faces, strict=True)
    faces = "".join(FACE.format(name=name, url=face.as_uri()) for name, face in named)
    sheet = CSS(string=faces + STYLE, font_config=fonts)
    return partial(render_one, Shared(fonts, sheet, material.seals))


def render_one(shared: Shared, record: Certificate, photo: Path, out: Path) -> None:
    """Write the page as HTML and have it set."""
    page = HTML(string=_page(record, photo, shared.seals))
    page.write_pdf(out, stylesheets=[shared.sheet], font_config=shared.fonts)


def _page(record: Certificate, photo: Path, seals: Seals) -> str:
    body = baseline.BODY.format(agency=record["agency"])
    body_en = baseline.BODY_EN.format(agency_en=record["agency_en"].removesuffix("."))
    day = record["issued"]
    written = f"{day.year}年{day.month}月{day.day}日"
    parts = [
        _text("kai centred", 30, (11.25, 44), baseline.TITLE),
        _text("times centred", 16, (11.25, 54), baseline.TITLE_EN),
        f'<div class="body"><p class="kai">{escape(body)}<p class="times">{escape(body_en)}</div>',
        _text("kai centred", 12, (11.25, 160), record["agency"]),
        *_addresses(),
        *_fields(record),
        _text("kai centred", 12, (162, 166), record["branch"]),
        _text("kai", 12, (208, 174), "发证日期：", ("fangsong", written)),
        _text("times", 12, (208, 179), f"Issue date: {day:%Y-%m-%d}"),
        _image(photo, (174, 24), (25, 35)),
        _qr(record["qr"]),
        _image(seals.agency, (60.25, 137), (42, 42)),
        _image(seals.branch, (211, 148), (42, 42)),
    ]
    return "".join(parts)


def _addresses() -> list[str]:
    lines = zip((183, 189), baseline.ADDRESSES, strict=True)
    return [_text("kai", 11, (24, y), label, ("times", address)) for y, (label, address) in lines]


def _fields(record: Certificate) -> list[str]:
    values = dict(record)
    parts: list[str] = []
    for index, (key, label, label_en) in enumerate(baseline.FIELDS):
        y = 69.2 + 11.2 * index
        parts += (
            _text("kai", 12, (162, y), label),
            _text("times", 12, (162, y + 4.6), label_en),
            _text("fangsong", 12, (196, y + 2.3), str(values[key])),
            f'<hr style="top: {y + 3.8}mm">',
        )
    return parts


def _text(
    look: str, size: float, place: tuple[float, float], text: str, more: tuple[str, str] = ("", "")
) -> str:
    """A line on a baseline in millimetres; the ascent is taken as 0.86 em, near enough here."""
    top = place[1] - 0.86 * size * 25.4 / 72
    style = f"left: {place[0]}mm; top: {top:.2f}mm; font-size: {size}pt"
    tail = f'<span class="{more[0]}">{escape(more[1])}</span>' if more[1] else ""
    return f'<p class="{look}" style="{style}">{escape(text)}{tail}</p>'


def _box(place: tuple[float, float], size: tuple[float, float]) -> str:
    (left, top), (width, height) = place, size
    return f'style="left: {left}mm; top: {top}mm; width: {width}mm; height: {height}mm"'


def _image(file: Path, place: tuple[float, float], size: tuple[float, float]) -> str:
    return f'<img src="{file.as_uri()}" {_box(place, size)}>'


def _qr(text: str) -> str:
    svg = qr_svg(text)
    svg = svg[svg.index("<svg") :]  # HTML knows no XML declaration
    side = svg.split('width="', 1)[1].split('"', 1)[0]
    view = f'<svg viewBox="0 0 {side} {side}" {_box((232, 26.5), (30, 30))} '
    return svg.replace(f'<svg width="{side}" height="{side}" ', view, 1)
