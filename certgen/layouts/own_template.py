"""A layout as the TOML that `certgen.layouts.own` reads: what an agency starts its own from."""

import json
from collections.abc import Iterator

from certgen.layouts.own import FORMAT
from certgen.layouts.slots import Layout, TextSlot, inferred

_OWN = inferred("not written into the file")
_HEAD = """\
# 自有版式。长度为毫米，从页面左上角量起；字号为磅。改好后运行 certgen layout check 本文件。
# An agency's own layout. Lengths in millimetres from the top left corner, type in points.
# content 印什么：*.value 为各人内容，其余每张相同；写 text = "…" 则印该文字。
# content says what is printed; text = "…" prints that text. role: kai 楷体, fangsong 仿宋, hei 黑体, times.
"""


def template(layout: Layout) -> str:
    """`layout` as a layout file. Shapes other than rectangles are left out: a file cannot say them."""
    lines = [
        _HEAD,
        f"format = {FORMAT}",
        f"title = {_quoted(layout.title)}",
        f"source = {_quoted(layout.source)}",
        f"width = {layout.width:g}",
        f"height = {layout.height:g}",
        "",
    ]
    for text in layout.texts:
        lines += ["[[text]]", *_text(text), ""]
    for rule in layout.rules:
        lines += ["[[rule]]", f"id = {_quoted(rule.id)}", f"x0 = {rule.x0:g}", f"x1 = {rule.x1:g}"]
        lines += [f"y = {round(rule.y, 3):g}", f"thickness_pt = {rule.thickness_pt:g}", ""]
    if layout.photo is not None:
        photo = layout.photo
        lines += ["[photo]", f"x = {photo.x:g}", f"y = {photo.y:g}"]
        lines += [f"width = {photo.width:g}", f"height = {photo.height:g}", ""]
    if layout.qr is not None:
        lines += [
            "[qr]",
            f"x = {layout.qr.x:g}",
            f"y = {layout.qr.y:g}",
            f"size = {layout.qr.size:g}",
            "",
        ]
    for seal in layout.seals:
        lines += [
            "[[seal]]",
            f"owner = {_quoted(seal.owner)}",
            f"x = {seal.x:g}",
            f"y = {seal.y:g}",
            "",
        ]
    return "\n".join(lines)


_PLAIN = TextSlot("", (), 0, 0, 0, 0, _OWN, _OWN)
_ALWAYS = ("size_pt", "x0", "x1", "baseline")
_SELDOM = (
    "align",
    "anchor",
    "leading",
    "max_lines",
    "indent_em",
    "after",
    "gap",
    "bottom",
    "optional",
    "bold",
)


def _text(slot: TextSlot) -> Iterator[str]:
    """The keys of a slot; those that say the usual are left out."""
    part = slot.parts[0]
    yield f"id = {_quoted(slot.id)}"
    yield f"content = {_quoted(part.key)}"
    yield f"role = {_quoted(part.role)}"
    if part.latin:
        yield f"latin = {_quoted(part.latin)}"
    for name in (*_ALWAYS, *_SELDOM):
        value = getattr(slot, name)
        if name in _ALWAYS or value != getattr(_PLAIN, name):
            yield f"{name} = {_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return _quoted(value) if isinstance(value, str) else f"{round(float(str(value)), 3):g}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
