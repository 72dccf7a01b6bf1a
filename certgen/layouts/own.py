"""An agency's own layout (自有版式) from a TOML file: the same slots as the layouts of the notices, the same checks.

    certgen layout new my-layout.toml        writes one to start from: sample 一, every slot
    [layout] file = "my-layout.toml"         in the agency file

Lengths are millimetres from the top left corner of the sheet, type sizes are points. What a slot prints is named by
`content`: 'title.zh', 'name.value' …; a slot with `text` prints that text.
"""

import hashlib
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from certgen.errors import LayoutError, Said
from certgen.exchange.agency_shape import Kind, Problem, Rows, Table, Tree, fit
from certgen.exchange.toml_lines import line_of, lines_of, written
from certgen.layouts.ornaments import box
from certgen.layouts.slots import (
    Align,
    Anchor,
    Layout,
    Part,
    PhotoSlot,
    QrSlot,
    RuleSlot,
    SealSlot,
    ShapeSlot,
    TextSlot,
    inferred,
)
from certgen.model.page import BLACK, Colour

FORMAT = 1
LARGEST = 200_000
"""Bytes: a form of two sides has some twenty thousand."""

FREE = "free."
"""Before the key of a content that the layout itself brings."""

_OWN = inferred("the agency's own layout file")
_PLACE = {"x": Kind.NUMBER, "y": Kind.NUMBER}
_SIZE = {"width": Kind.NUMBER, "height": Kind.NUMBER}
_TEXT = {
    "id": Kind.TEXT,
    "content": Kind.TEXT,
    "text": Kind.TEXT,
    "role": Kind.TEXT,
    "latin": Kind.TEXT,
    "size_pt": Kind.NUMBER,
    "x0": Kind.NUMBER,
    "x1": Kind.NUMBER,
    "baseline": Kind.NUMBER,
    "align": Kind.TEXT,
    "anchor": Kind.TEXT,
    "leading": Kind.NUMBER,
    "max_lines": Kind.WHOLE,
    "indent_em": Kind.NUMBER,
    "after": Kind.TEXT,
    "gap": Kind.NUMBER,
    "bottom": Kind.NUMBER,
    "optional": Kind.FLAG,
    "bold": Kind.FLAG,
}
_RULE = {"id": Kind.TEXT, "x0": Kind.NUMBER, "x1": Kind.NUMBER, "y": Kind.NUMBER}
_SEAL = {"owner": Kind.TEXT, **_PLACE}
_SHAPE = {"id": Kind.TEXT, **_PLACE, **_SIZE}
_INK = {"fill": Kind.TEXT, "stroke": Kind.TEXT, "cmyk": Kind.TEXT, "thickness_pt": Kind.NUMBER}

LAYOUT_FILE = Table(
    {
        "format": Kind.WHOLE,
        "title": Kind.TEXT,
        "source": Kind.TEXT,
        **_SIZE,
        "text": Rows(Table(_TEXT, frozenset({"id", "role", "size_pt", "x0", "x1", "baseline"}))),
        "rule": Rows(Table({**_RULE, "thickness_pt": Kind.NUMBER}, frozenset(_RULE))),
        "photo": Table({**_PLACE, **_SIZE}, frozenset({**_PLACE, **_SIZE})),
        "qr": Table({**_PLACE, "size": Kind.NUMBER}, frozenset({*_PLACE, "size"})),
        "seal": Rows(Table(_SEAL, frozenset(_SEAL))),
        "shape": Rows(Table({**_SHAPE, **_INK}, frozenset(_SHAPE))),
    },
    frozenset({"format", "title", "source", "width", "height", "text"}),
)
"""Every key of a layout file."""

ROLES = ("kai", "fangsong", "hei", "times")


def load(path: Path) -> tuple[Layout, dict[str, str]]:
    """The layout in the file, and the texts that it brings itself, by content key.

    Raises `LayoutError`, whose message has one line for each problem of form; whether the layout is lawful is
    `certgen.layouts.checks`'s to say.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise LayoutError(
            zh=f"无法读取版式文件 {path.name}：请检查路径",
            en=f"cannot read the layout file {path.name}: check the path",
        ) from error
    if len(data) > LARGEST:
        raise LayoutError(
            zh=f"{path.name} 超过 {LARGEST} 字节，不是版式文件",
            en=f"{path.name} has more than {LARGEST} bytes: no layout",
        )
    return _read(path.name, data)


@lru_cache(maxsize=8)  # asked for by every composer of a batch
def _read(name: str, data: bytes) -> tuple[Layout, dict[str, str]]:
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        tree = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise LayoutError(
            zh=f"{name}：不是有效的 TOML（{error}），请用 UTF-8 保存并核对引号和等号",
            en=f"{name}: not valid TOML ({error}); save it as UTF-8, check quotes and equals signs",
        ) from error
    fitted, problems = fit(tree, LAYOUT_FILE)
    found = [*problems, *_strange_words(fitted)]
    if not found and fitted["format"] != FORMAT:
        said = Said(f"本版本只能读取格式 {FORMAT}", f"this version reads format {FORMAT} only")
        found.append(Problem(("format",), said))
    if found:
        raise at_lines(name, text, found)
    digest = hashlib.sha256(data).hexdigest()[:12]
    return _layout(f"own-{digest}", fitted), _free_texts(fitted)


def at_lines(name: str, text: str, problems: list[Problem]) -> LayoutError:
    """One error that says each problem with its line."""
    lines = lines_of(text)
    placed = sorted((line_of(lines, one.path), one) for one in problems)
    zh, en = (
        "\n".join(
            f"{name}:{line}  {written(one.path)}: {one.said.in_(lang)}" for line, one in placed
        )
        for lang in ("zh", "en")
    )
    return LayoutError(zh=zh, en=en)


def _strange_words(tree: Tree) -> list[Problem]:
    """Values that must come from a short list, and slots that say nothing or two things."""
    found: list[Problem] = []
    for at, row in enumerate(tree.get("text", [])):
        for key, known in (
            ("role", ROLES),
            ("latin", (*ROLES, "")),
            ("align", tuple(Align)),
            ("anchor", tuple(Anchor)),
        ):
            if key in row and row[key] not in known:
                words = "、".join(filter(None, known))
                said = Said(
                    f"应为 {words} 之一", f"must be one of {', '.join(filter(None, known))}"
                )
                found.append(Problem(("text", at, key), said))
        if ("content" in row) == ("text" in row):
            said = Said("应写 content 或 text 之一", "give either content or text")
            found.append(Problem(("text", at), said))
    for at, row in enumerate(tree.get("shape", [])):
        for key in ("fill", "stroke"):
            if key in row and _rgb(row[key]) is None:
                said = Said("应为 #RRGGBB", "must be #RRGGBB")
                found.append(Problem(("shape", at, key), said))
        if not {"fill", "stroke"} & row.keys():
            said = Said("应写 fill 或 stroke", "give fill or stroke")
            found.append(Problem(("shape", at), said))
    return found


def _layout(layout_id: str, tree: Tree) -> Layout:
    photo, qr = tree.get("photo"), tree.get("qr")
    return Layout(
        id=layout_id,
        title=tree["title"],
        source=tree["source"],
        width=float(tree["width"]),
        height=float(tree["height"]),
        texts=tuple(map(_text_slot, tree["text"])),
        rules=tuple(
            RuleSlot(row["id"], row["x0"], row["x1"], row["y"], row.get("thickness_pt", 0.5), _OWN)
            for row in tree.get("rule", [])
        ),
        photo=PhotoSlot(**photo, size_basis=_OWN, place_basis=_OWN) if photo else None,
        qr=QrSlot(**qr, size_basis=_OWN, place_basis=_OWN) if qr else None,
        seals=tuple(SealSlot(**row, place_basis=_OWN) for row in tree.get("seal", [])),
        shapes=tuple(map(_shape_slot, tree.get("shape", []))),
    )


def _text_slot(row: Tree) -> TextSlot:
    key = row["content"] if "content" in row else FREE + row["id"]
    optional: dict[str, Any] = {
        name: row[name]
        for name in (
            "leading",
            "max_lines",
            "indent_em",
            "after",
            "gap",
            "bottom",
            "optional",
            "bold",
        )
        if name in row
    }
    return TextSlot(
        id=row["id"],
        parts=(Part(key, row["role"], row.get("latin", "")),),
        size_pt=float(row["size_pt"]),
        x0=row["x0"],
        x1=row["x1"],
        baseline=row["baseline"],
        size_basis=_OWN,
        place_basis=_OWN,
        static=".value" not in key,
        align=Align(row.get("align", Align.LEFT)),
        anchor=Anchor(row.get("anchor", Anchor.FIRST)),
        **optional,
    )


def _shape_slot(row: Tree) -> ShapeSlot:
    path = box(row["x"], row["y"], row["x"] + row["width"], row["y"] + row["height"])
    inks = [part / 100 for part in _numbers(row.get("cmyk", ""))]
    fill, stroke = (_colour(row.get(key), inks) for key in ("fill", "stroke"))
    return ShapeSlot(row["id"], path, _OWN, fill, stroke, row.get("thickness_pt", 0.5))


def _colour(written_as: str | None, inks: list[float]) -> Colour | None:
    rgb = _rgb(written_as) if written_as else None
    if rgb is None:
        return None
    if rgb == (0, 0, 0):
        return BLACK
    if len(inks) == 4:
        return Colour(rgb, (inks[0], inks[1], inks[2], inks[3]))
    red, green, blue = rgb
    return Colour(rgb, (1 - red, 1 - green, 1 - blue, 0))


def _rgb(text: str) -> tuple[float, float, float] | None:
    try:
        red, green, blue = bytes.fromhex(text.removeprefix("#"))
    except ValueError:
        return None
    return red / 255, green / 255, blue / 255


def _numbers(text: str) -> list[float]:
    try:
        return [float(part) for part in text.split()]
    except ValueError:
        return []


def _free_texts(tree: Tree) -> dict[str, str]:
    return {FREE + row["id"]: row["text"] for row in tree["text"] if "text" in row}
