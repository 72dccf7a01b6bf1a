"""Shows rare characters as they will be printed: a PNG each, and one page (HTML) that explains them.

The page names no person: it shows characters, rows and what to do.
"""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from certgen.fonts.faces import Face
from certgen.fonts.report import STYLES
from certgen.names.rare import RareCharacter, where

SIZE_PX = 160
"""The em of a picture."""

PAGE = "names.html"
_EDGE_PX = 20  # white around the em
_STYLE = (
    "body{font-family:sans-serif;margin:2em}table{border-collapse:collapse}"
    "td,th{border:1px solid #999;padding:.4em .8em;text-align:left;vertical-align:middle}"
    ".error{background:#fdd}.review,.warning{background:#ffd}img{width:80px;display:block}"
)
_HEADS = {
    "zh": ("字形", "编码", "字表", "角色", "字体", "位置", "处理"),
    "en": ("shape", "code point", "table", "role", "face", "where", "what to do"),
}
_TITLE = {"zh": "生僻字", "en": "Rare characters"}


def write(found: Sequence[RareCharacter], folder: Path, lang: str) -> Path:
    """The page, beside it the pictures 01-U+2CB4E.png ...; 'zh' or 'en'. The path of the page."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for number, rare in enumerate(found, 1):
        picture = folder / f"{number:02}-{rare.code_point}.png"
        if rare.face:
            draw(rare.char, rare.face).save(picture)
        rows.append(_row(rare, picture.name if rare.face else "", lang))
    page = folder / PAGE
    page.write_text(_html(rows, lang), encoding="utf-8", newline="\n")
    return page


def draw(char: str, face: Face) -> Image.Image:
    """`char` in black on white, its em in the middle."""
    side = SIZE_PX + 2 * _EDGE_PX
    picture = Image.new("L", (side, side), 255)
    font = ImageFont.truetype(str(face.path), SIZE_PX, index=face.index)
    ImageDraw.Draw(picture).text((side / 2, side / 2), char, fill=0, font=font, anchor="mm")
    return picture


def _row(rare: RareCharacter, picture: str, lang: str) -> str:
    shape = f'<img src="{picture}" alt="{escape(rare.char)}">' if picture else "—"
    used = rare.substitution
    face = rare.face.family if rare.face else "—"
    places = [said.in_(lang) for said in where(rare.places)] or [
        place.in_(lang) for place in rare.places
    ]
    cells = (
        rare.code_point,
        rare.tier_said.in_(lang),
        STYLES[rare.role].in_(lang),
        f"{face} ({used.said.in_(lang)})" if used else face,
        "; ".join(places),
        "; ".join(said.in_(lang) for said in rare.remedies),
    )
    written = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr class="{rare.severity}"><td>{shape}</td>{written}</tr>'


def _html(rows: Sequence[str], lang: str) -> str:
    heads = "".join(f"<th>{escape(head)}</th>" for head in _HEADS[lang])
    title = _TITLE[lang]
    return (
        f'<!doctype html>\n<html lang="{lang}"><meta charset="utf-8"><title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n<h1>{title} ({len(rows)})</h1>\n"
        f"<table><tr>{heads}</tr>\n" + "\n".join(rows) + "\n</table></html>\n"
    )
