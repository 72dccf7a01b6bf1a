"""The page listing (页面清单): a composed page as JSON, for the linter and for eyes that compare two designs.

Roles and sizes are exact in it: a design can be checked before anything is drawn, without OCR. The form is
versioned; unknown keys and kinds are refused.

>>> from certgen.model.page import Page, Rule
>>> page = Page("x", 297.0, 210.0, (Rule("name.line", 1.0, 2.0, 3.0, 2.0, 0.5),))
>>> loads(dumps(page)) == page
True
"""

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from certgen.errors import InputError
from certgen.model.page import (
    Colour,
    Page,
    Photo,
    Primitive,
    Qr,
    Rule,
    Seal,
    Segment,
    Shape,
    TextRun,
)

VERSION = 1
MARK = "certgen_page"
"""The key that says what the file is; its value is the version."""

_KINDS: Mapping[str, type[Primitive]] = {
    "text": TextRun,
    "shape": Shape,
    "rule": Rule,
    "photo": Photo,
    "qr": Qr,
    "seal": Seal,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}
_MOST_ITEMS = 20_000
_MOST_SEGMENTS = 100_000
_POINTS = {"m": 2, "l": 2, "c": 6, "h": 0}


def dumps(page: Page) -> str:
    """The listing of `page`. Of a photo only the file's name is told, not where it lies."""
    items = [
        {"kind": _NAMES[type(item)]}
        | {field.name: _plain(getattr(item, field.name)) for field in fields(item)}
        for item in page.items
    ]
    head = {MARK: VERSION, "layout": page.layout, "width": page.width, "height": page.height}
    return json.dumps(head | {"items": items}, ensure_ascii=False, indent=1) + "\n"


def loads(text: str) -> Page:
    """The page of a listing. Raises `InputError` that names the item and what is wrong with it."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise _bad(zh="不是 JSON", en="not JSON") from problem
    if not isinstance(data, dict) or MARK not in data:
        raise _bad(zh="不是页面清单", en="no page listing")
    if data[MARK] != VERSION:
        raise _bad(
            zh=f"版本为 {data[MARK]!r:.20}，应为 {VERSION}", en=f"its version is not {VERSION}"
        )
    items = data.get("items")
    if not isinstance(items, list) or len(items) > _MOST_ITEMS:
        raise _bad(zh="缺少 items，或其过长", en="items is missing or too long")
    width, height = data.get("width"), data.get("height")
    layout = data.get("layout")
    if not (
        isinstance(layout, str)
        and isinstance(width, int | float)
        and isinstance(height, int | float)
        and _is_length(width)
        and _is_length(height)
    ):
        raise _bad(zh="缺少 layout、width 或 height", en="layout, width or height is missing")
    return Page(
        layout,
        float(width),
        float(height),
        tuple(_item(number, item) for number, item in enumerate(items, start=1)),
    )


def _item(number: int, item: object) -> Primitive:
    if not isinstance(item, dict) or item.get("kind") not in _KINDS:
        raise _bad(zh=f"第 {number} 项的 kind 未知", en=f"item {number}: unknown kind")
    kind = _KINDS[item["kind"]]
    given = {key: value for key, value in item.items() if key != "kind"}
    wanted = {field.name: field.type for field in fields(kind)}
    if set(given) != set(wanted):
        odd = "、".join(sorted(set(given) ^ set(wanted)))[:80]
        raise _bad(
            zh=f"第 {number} 项多出或缺少：{odd}", en=f"item {number}: unknown or missing {odd}"
        )
    for key, value in given.items():
        found = _read(kind, key, value, wanted[key])
        if found is _WRONG:
            raise _bad(zh=f"第 {number} 项的 {key} 不对", en=f"item {number}: {key} is wrong")
        given[key] = found
    return kind(**given)


_WRONG = object()


def _read(kind: type[Primitive], key: str, value: Any, wanted: object) -> Any:  # noqa: ANN401 - JSON
    """The value of a field; `_WRONG` for what cannot be one."""
    if kind is Photo and key == "path":
        is_right = value is None or isinstance(value, str)
        return (Path(value) if value else None) if is_right else _WRONG
    if kind is Shape and key == "path":
        return _segments(value)
    if kind is Shape and key in {"fill", "stroke"}:
        return _colour(value)
    if wanted in {str, "str"}:
        return value if isinstance(value, str) else _WRONG
    if wanted in {bool, "bool"}:
        return value if isinstance(value, bool) else _WRONG
    return float(value) if _is_length(value) else _WRONG


def _segments(value: object) -> Any:  # noqa: ANN401 - as _read
    if not isinstance(value, list) or len(value) > _MOST_SEGMENTS:
        return _WRONG
    path: list[Segment] = []
    for segment in value:
        letter, points = segment if isinstance(segment, list) and len(segment) == 2 else ("", [])
        if (
            not isinstance(points, list)
            or _POINTS.get(str(letter)) != len(points)
            or not all(map(_is_length, points))
        ):
            return _WRONG
        path.append((letter, tuple(float(point) for point in points)))
    return tuple(path)


def _colour(value: object) -> Any:  # noqa: ANN401 - as _read
    if value is None:
        return None
    if not isinstance(value, dict) or set(value) != {"rgb", "cmyk"}:
        return _WRONG
    for name, count in (("rgb", 3), ("cmyk", 4)):
        inks = value[name]
        if not isinstance(inks, list) or len(inks) != count or not all(map(_is_length, inks)):
            return _WRONG
    return Colour(tuple(value["rgb"]), tuple(value["cmyk"]))


def _is_length(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e5


def _plain(value: object) -> object:
    if isinstance(value, Colour):
        return {"rgb": value.rgb, "cmyk": value.cmyk}
    return value.name if isinstance(value, Path) else value


def _bad(*, zh: str, en: str) -> InputError:
    return InputError(
        zh=f"页面清单无法读取：{zh}。请用 certgen 重新生成",
        en=f"the page listing cannot be read: {en}. Write it again with certgen",
    )
