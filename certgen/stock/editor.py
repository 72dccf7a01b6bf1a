"""The editing page of a stock definition: one HTML file that needs no network and saves a new definition.

The scan and every slot stand in it; the browser lets a person drag, tick and save. Whatever it saves is read by
`certgen.stock.reading` like any other file.
"""

import base64
import hashlib
import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from certgen.errors import Said
from certgen.exchange.agency_shape import Tree
from certgen.layouts import checks
from certgen.layouts.slots import Anchor, Layout, TextSlot
from certgen.standards import filling
from certgen.standards.forms import FormId
from certgen.stock import check_mark, scanning, writing
from certgen.stock.definition import FRONT, State, Stock
from certgen.stock.draft import NUMBER
from certgen.stock.rules_of_form import DATES, SAMPLE

PICTURE_DPI = 120
"""Of the scan in the page: fine enough to see a line, and some 300 kB."""

_SAMPLES = {
    "name.value": "丁一",
    "identity_type.value": "居民身份证",
    "identity_number.value": "190000200001010000",
    "occupation.value": "智能楼宇管理员",
    "job.value": "数控车床",
    "level.value": "三级/高级工",
    "code.value": "S000041000001263000001",
    "issue_date.value": "2026年12月30日",
    "issue_date.value.zh": "2026年12月30日",
    "issue_date.year": "2026",
    "issue_date.month": "12",
    "issue_date.day": "30",
    "issue_date.value.en": "September 30, 2026",
    "print_number.value": "00012001",
    "check": "#00012001",
}
_WORDS = {
    "title": Said("套打纸张定义", "Pre-printed sheet"),
    "help": Said(
        "纸上已印好的打勾；其余拖到纸上应在的位置。方向键每次移动 0.1 毫米，按住 Shift 为 1 毫米；拖右边缘改宽度。"
        "完成后点“保存”，用下载的文件替换原文件，再运行 certgen stock check。",
        "Tick what the sheet has already; drag the rest to its place. Arrow keys move by 0.1 mm, with Shift by 1 mm; "
        "drag the right edge to change the width. Then save, put the downloaded file in place of the old one, and run "
        "certgen stock check.",
    ),
    "choose": Said("请选择一项", "choose a slot"),
    "slot": Said("内容", "slot"),
    "printed": Said("已印好", "already printed"),
    "none": Said("不用", "not used"),
    "side": Said("第几面", "side"),
    "x0": Said("左", "left"),
    "x1": Said("右", "right"),
    "baseline": Said("基线", "baseline"),
    "y": Said("上", "top"),
    "lines": Said("行数", "lines"),
    "reset": Said("按版式", "as in the layout"),
    "save": Said("保存", "Save"),
    "saved": Said("已保存到下载文件夹", "saved to your downloads"),
    "changed": Said("有改动，尚未保存", "changed, not saved yet"),
    "other": Said("English", "中文"),
}


def page(stock: Stock, tree: Tree, file: str) -> str:
    """The page for a definition: `tree` as read from `file`, whose name the saved one gets."""
    folder = files("certgen.stock") / "page"
    html, style, script = (
        (folder / f"editor.{ending}").read_text(encoding="utf-8")
        for ending in ("html", "css", "js")
    )
    data: dict[str, Any] = {
        "file": file,
        "head": writing.HEAD,
        "order": writing.ORDER,
        "tree": tree,
        "width": stock.width,
        "height": stock.height,
        "picture": _picture(stock),
        "slots": list(_slots(stock)),
        "words": {
            lang: {key: said.in_(lang) for key, said in _WORDS.items()} for lang in ("zh", "en")
        },
    }
    quoted = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")  # ends no script element
    for name, text in (
        ("STYLE_HASH", _hash(style)),
        ("SCRIPT_HASH", _hash(script)),
        ("STYLE", style),
        ("SCRIPT", script),
        ("DATA", quoted),
    ):
        html = html.replace(f"@{name}@", text, 1)
    return html


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _picture(stock: Stock) -> str:
    if stock.scan is None:
        return ""
    jpeg = scanning.ground(stock.scan, (stock.width, stock.height), PICTURE_DPI)
    return "data:image/jpeg;base64," + base64.b64encode(jpeg.data).decode()


def _slots(stock: Stock) -> Iterator[dict[str, Any]]:
    """Every slot, where the layout has it, in reading order: what the page draws and what may become of it."""
    free = stock.of.form in {FormId.NATIONAL_2021, FormId.VETERANS_2024}
    for side, layout in enumerate(stock.of.sides()):
        for text in layout.texts:
            yield _text(text, side, free=free)
        for rule in layout.rules:
            box = {"x0": rule.x0, "x1": rule.x1, "y": rule.y, "above": 0.4, "below": 0.4}
            yield _slot(rule.id, "rule", side, list(State), box)
        for shape in layout.shapes:
            yield _slot(shape.id, "shape", side, list(State), {})
        if side == FRONT:
            yield from _pictures(layout, stock)


def _pictures(layout: Layout, stock: Stock) -> Iterator[dict[str, Any]]:
    if layout.photo is not None:
        photo = layout.photo
        yield _slot(
            "photo", "photo", FRONT, [], _square(photo.x, photo.y, photo.width, photo.height)
        )
    if layout.qr is not None:
        qr = layout.qr
        may = [State.PRINTED, State.DATA]
        yield _slot("qr", "qr", FRONT, may, _square(qr.x, qr.y, qr.size, qr.size))
    for seal in layout.seals:
        radius = filling.SEAL_MAX_MM / 2
        box = {
            "x0": seal.x,
            "x1": seal.x,
            "y": seal.y,
            "above": radius,
            "below": radius,
            "half": radius,
        }
        yield _slot(f"seal.{seal.owner}", "seal", FRONT, list(State), box)
    mark = check_mark.box(stock.check)
    box = {"x0": mark.x0, "x1": mark.x1, "y": mark.y1, "above": check_mark.HEIGHT, "below": 0.0}
    yield _slot(check_mark.SLOT, "check", FRONT, [], box) | {"em": check_mark.HEIGHT}


def _text(text: TextSlot, side: int, *, free: bool) -> dict[str, Any]:
    box = checks.text_box(text)
    above = (text.max_lines - 1) * text.leading if text.anchor is Anchor.LAST else 0.0
    content = text.parts[0].key
    number = content == NUMBER
    may = list(State) if free or text.optional else [State.PRINTED, State.DATA]
    if text.id in DATES:
        may = [State.DATA, State.NONE]
    elif content == SAMPLE or not (text.static or number):
        may = []
    measures = {
        "x0": text.x0,
        "x1": text.x1,
        "y": text.baseline,
        "above": text.baseline - box.y0 - above,
        "below": box.y1 - text.baseline,
    }
    return _slot(text.id, "text", side, may, measures) | {
        "em": text.size_pt * filling.MM_PER_PT,
        "align": str(text.align),
        "value": not text.static,
        "lines": text.max_lines,
        "leading": text.leading,
        "grows": text.anchor is Anchor.LAST,
    }


def _slot(
    slot: str, kind: str, side: int, may: list[State], box: dict[str, float]
) -> dict[str, Any]:
    title = writing.title(slot)
    nowhere = {"x0": 0.0, "x1": 0.0, "y": 0.0, "above": 0.0, "below": 0.0, "half": 0.0}
    plain = {"em": 4.0, "align": "left", "value": False, "lines": 1, "leading": 0.0, "grows": False}
    return {
        "id": slot,
        "kind": kind,
        "side": side + 1,
        "title": {"zh": title.zh, "en": title.en},
        "sample": _SAMPLES.get(slot, ""),
        "may": [str(state) for state in may],
        **plain,
        **nowhere,
        **box,
    }


def _square(x: float, y: float, width: float, height: float) -> dict[str, float]:
    return {"x0": x, "x1": x + width, "y": y, "above": 0.0, "below": height}
