"""Keys of one page: its boxes, its group, what lies on it beside its content, its fonts and pictures."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pikepdf

from verify.preflight.found import Findings, Where, found
from verify.preflight.profile import Limits, Standard

_MM = 25.4 / 72
_NEAR = 0.01  # points
_DIRECT = (0, 0)  # the number of an object that stands inside another
_CMYK = frozenset({"/DeviceCMYK", "/DeviceGray"})

Resources = list[tuple[str, Any]]
"""(name, object) of one kind, of the page and of every form it draws."""


def check(page: Any, where: Where, standard: Standard, limits: Limits) -> Findings:  # noqa: ANN401 (pikepdf's pages)
    """Every rule about the page, but for what its content paints."""
    for rule in _RULES:
        yield from rule(page, where, standard, limits)


def _boxes(page: Any, where: Where, _: Standard, limits: Limits) -> Findings:  # noqa: ANN401
    boxes = {key: _box(page, key) for key in ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox")}
    if boxes["/TrimBox"] is None:
        yield found(
            where,
            "no-trim-box",
            zh="缺少成品框 TrimBox，无法确定裁切位置",
            en="no TrimBox: where to cut is not said",
        )
    if "/ArtBox" in page.obj and "/TrimBox" in page.obj:
        yield found(where, "art-box", zh="同时有 ArtBox 和 TrimBox", en="ArtBox beside TrimBox")
    given = [(key, box) for key, box in boxes.items() if box is not None]
    for (outer, wide), (inner, narrow) in pairwise(one for one in given if one[0] != "/CropBox"):
        if not _contains(wide, narrow):
            yield found(
                where,
                "boxes-not-nested",
                zh=f"{inner[1:]} 超出 {outer[1:]}",
                en=f"{inner[1:]} reaches beyond {outer[1:]}",
            )
    trim, bleed = boxes["/TrimBox"], boxes["/BleedBox"]
    if trim and not bleed:
        yield found(where, "no-bleed-box", zh="缺少出血框 BleedBox", en="no BleedBox")
    if trim and bleed:
        least = min(abs(a - b) for a, b in zip(trim, bleed, strict=True)) * _MM
        if least < limits.bleed_mm - _NEAR:
            yield found(
                where,
                "small-bleed",
                zh=f"出血只有 {least:.1f} 毫米，至少 {limits.bleed_mm:g} 毫米",
                en=f"the bleed is {least:.1f} mm, {limits.bleed_mm:g} mm is the least",
            )
    if page.obj.get("/UserUnit", 1) != 1 or page.obj.get("/Rotate", 0) % 360:
        yield found(
            where, "turned", zh="页面有旋转或缩放单位", en="the page is rotated or has a user unit"
        )


def _box(page: Any, key: str) -> tuple[float, ...] | None:  # noqa: ANN401
    box = page.obj.get(key) if key != "/MediaBox" else page.mediabox
    return None if box is None else tuple(float(edge) for edge in box)


def _contains(outer: tuple[float, ...], inner: tuple[float, ...]) -> bool:
    left, bottom, right, top = (b - a for a, b in zip(outer, inner, strict=True))
    return left >= -_NEAR and bottom >= -_NEAR and right <= _NEAR and top <= _NEAR


def _group(page: Any, where: Where, standard: Standard, _: Limits) -> Findings:  # noqa: ANN401
    group = page.obj.get("/Group")
    if group is None:
        return
    space = str(group.get("/CS", ""))
    if standard is Standard.X1A:
        yield found(where, "page-group", zh="页面有透明组", en="the page has a transparency group")
    elif space != "/DeviceCMYK":
        # Shops refused files whose every colour was CMYK because of this key alone.
        yield found(
            where,
            "page-group",
            zh=f"页面透明组的颜色空间为 {space or '未写明'}，应为 DeviceCMYK",
            en=f"the page's transparency group is {space or 'of no stated colour space'}, not DeviceCMYK",
        )


def _beside_the_content(page: Any, where: Where, _: Standard, __: Limits) -> Findings:  # noqa: ANN401
    if len(page.obj.get("/Annots", ())):
        yield found(
            where,
            "annotation",
            zh="页面上有批注、链接或签名",
            en="an annotation, a link or a signature lies on the page",
        )
    if "/AA" in page.obj:
        yield found(where, "action", zh="页面带有动作", en="the page has actions")


def _fonts(page: Any, where: Where, _: Standard, __: Limits) -> Findings:  # noqa: ANN401
    for name, font in resources(page, "/Font"):
        whole = font.get("/DescendantFonts", [font])[0]
        descriptor = whole.get("/FontDescriptor", pikepdf.Dictionary())
        embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        if font.get("/Subtype") == "/Type3":
            yield found(
                where, "type-3-font", zh=f"字体 {name} 是 Type 3", en=f"font {name} is Type 3"
            )
        elif not embedded:
            face = str(font.get("/BaseFont", name)).removeprefix("/")
            yield found(
                where,
                "font-not-embedded",
                zh=f"字体 {face} 没有嵌入",
                en=f"font {face} is not embedded",
            )


def _pictures(page: Any, where: Where, standard: Standard, _: Limits) -> Findings:  # noqa: ANN401
    for name, item in resources(page, "/XObject"):
        kind = item.get("/Subtype")
        filters = item.get("/Filter", pikepdf.Array())
        used = {str(one) for one in (filters if isinstance(filters, pikepdf.Array) else [filters])}
        if "/LZWDecode" in used:
            yield found(
                where, "lzw", zh=f"{name} 使用 LZW 压缩", en=f"{name} is compressed with LZW"
            )
        if standard is Standard.X1A and used & {"/JPXDecode", "/JBIG2Decode"}:
            yield found(
                where,
                "compression",
                zh=f"{name} 使用 {'、'.join(used)}",
                en=f"{name} uses {', '.join(used)}",
            )
        if kind == "/PS" or "/OPI" in item or "/Alternates" in item:
            yield found(
                where,
                "foreign-picture",
                zh=f"{name} 含 PostScript、OPI 或替代图",
                en=f"{name} holds PostScript, OPI or alternates",
            )
        if kind == "/Image" and not item.get("/ImageMask", False):
            space = item.get("/ColorSpace")
            if _space(space) not in _CMYK and not _is_cmyk_icc(space, standard):
                yield found(
                    where,
                    "picture-colour",
                    zh=f"图像 {name} 的颜色空间是 {_space(space)}",
                    en=f"picture {name} is {_space(space)}",
                )
        if standard is Standard.X1A and ("/SMask" in item or item.get("/Group") is not None):
            yield found(
                where,
                "transparency",
                zh=f"{name} 带有软蒙版或透明组",
                en=f"{name} has a soft mask or a transparency group",
            )


def _graphics_states(page: Any, where: Where, standard: Standard, _: Limits) -> Findings:  # noqa: ANN401
    for name, state in resources(page, "/ExtGState"):
        mask, mode = state.get("/SMask", "/None"), str(state.get("/BM", "/Normal"))
        opaque = all(state.get(key, 1) == 1 for key in ("/ca", "/CA"))
        if standard is Standard.X1A and (
            mask != "/None" or mode not in {"/Normal", "/Compatible"} or not opaque
        ):
            yield found(
                where,
                "transparency",
                zh=f"图形状态 {name} 使用透明（{mode[1:]}）",
                en=f"graphics state {name} is transparent ({mode[1:]})",
            )
        if (
            any(key in state for key in ("/TR", "/TR2", "/HTP"))
            and str(state.get("/TR2", "")) != "/Default"
        ):
            yield found(
                where,
                "transfer-curve",
                zh=f"图形状态 {name} 改变传递曲线",
                en=f"graphics state {name} sets a transfer curve",
            )


def resources(page: Any, kind: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """Every resource of a kind that the page or a form on it can use, each object once."""
    told: set[tuple[int, int]] = set()
    forms: set[tuple[int, int]] = set()
    waiting = [page.obj.get("/Resources", pikepdf.Dictionary())]
    while waiting:
        current = waiting.pop()
        for name, item in current.get(kind, pikepdf.Dictionary()).items():
            if item.objgen == _DIRECT or item.objgen not in told:
                told.add(item.objgen)
                yield name.removeprefix("/"), item
        for form in current.get("/XObject", pikepdf.Dictionary()).values():
            if (
                form.get("/Subtype") == "/Form"
                and "/Resources" in form
                and form.objgen not in forms
            ):
                forms.add(form.objgen)
                waiting.append(form["/Resources"])


def _space(space: Any) -> str:  # noqa: ANN401
    if isinstance(space, pikepdf.Array) and len(space):
        family = str(space[0])
        return _space(space[1]) if family == "/Indexed" else family
    return str(space)


def _is_cmyk_icc(space: Any, standard: Standard) -> bool:  # noqa: ANN401
    icc = isinstance(space, pikepdf.Array) and len(space) > 1 and str(space[0]) == "/ICCBased"
    return standard is Standard.X4 and icc and space[1].get("/N") == 4


_RULES: tuple[Callable[[Any, Where, Standard, Limits], Findings], ...] = (
    _boxes,
    _group,
    _beside_the_content,
    _fonts,
    _pictures,
    _graphics_states,
)
