"""What on a drawn page looks like type and is none: text in pictures, outlined text. It makes a design undecided."""

from collections.abc import Sequence
from dataclasses import replace

from certgen.errors import Said
from certgen.model.box import Box
from verify.design.design import Code, Graphic, GraphicKind, Undecided
from verify.design.extract.raster import Pixels, type_rows

_FEW = 4

SAID = {
    "image-only": Said(
        "此页只有图片，没有可读取的文字：请提供文字可选的文件（字体嵌入、文字未转曲），或启用文字识别",
        "this page is only a picture: ask for a file with live text (fonts embedded, not outlined), or use OCR",
    ),
    "scan-text-layer": Said(
        "图片上叠有不可见的识别文字层（扫描软件所加），其内容不等于图片所示",
        "an invisible text layer, as OCR programs add, lies over the picture and may say something else",
    ),
    "picture-text": Said(
        "图片中似乎有文字，未能读取，请人工核对",
        "a picture seems to hold text that was not read: look at it",
    ),
    "outlined-text": Said(
        "此处似有转曲文字（文字已变成图形），未能读取，请提供文字未转曲的文件",
        "this looks like text turned into shapes: ask for a file whose text is not outlined",
    ),
    "seal-text": Said(
        "印章中的文字未能读取，请与备案印章核对",
        "the wording of this seal was not read: compare it with the filed one",
    ),
    "painted-pattern": Said(
        "此处似有以底纹等方式绘制的文字，未能读取，请人工核对",
        "something like text is painted here that is no text of the file: look at it",
    ),
    "unmapped-text": Said(
        "有 {count} 个字符没有对应的编码，读不出是什么字，请重新导出并嵌入字体编码",
        "{count} characters have no code point and cannot be read: export again with ToUnicode",
    ),
    "overlapping-text": Said(
        "多处文字互相重叠，未能逐一判断是否可见，请人工核对",
        "text overlaps in too many places to tell what shows: look at it",
    ),
    "encrypted": Said(
        "文件有打开密码，内容没有读取：请提供无密码的文件",
        "the file has a password and was not read: ask for one without",
    ),
    "xfa-form": Said(
        "文件含 XFA 动态表单，内容没有读取：请打印为普通 PDF",
        "the file holds an XFA form, which was not read: print it to a plain PDF",
    ),
    "script": Said(
        "文件含脚本，打开时可能改变页面：请提供没有脚本的文件",
        "the file holds a script that may change the page: ask for one without",
    ),
    "text-in-pattern": Said(
        "底纹图案或蒙版中含有文字，任何软件都提取不出，请人工核对",
        "text stands in a pattern or a mask, from which nothing extracts it: look at it",
    ),
    "external": Said(
        "文件引用了文件之外的图片或内容，没有读取：请嵌入后重新导出",
        "the file refers to pictures or contents outside of it: embed them and export again",
    ),
    "nested-drawing": Said(
        "图片中嵌有另一个矢量文件，没有读取：请展开后重新导出",
        "another drawing is embedded as a picture and was not read: expand it and export again",
    ),
    "foreign-object": Said(
        "SVG 中嵌有网页内容，只读取了其中的文字，位置与是否可见不能确定",
        "the SVG embeds HTML: its text was read, its place and whether it shows are not known",
    ),
    "text-on-path": Said(
        "沿曲线排列的文字，已读取内容，位置不精确",
        "text along a path: its words were read, its place is inexact",
    ),
    "no-geometry": Said(
        "没有 LibreOffice，只读取了文字，位置、版面和是否可见不能确定：请提供 PDF，或安装 LibreOffice",
        "without LibreOffice only text was read; places and whether text shows are not known: ask for a "
        "PDF, or install LibreOffice",
    ),
    "embedded": Said(
        "文件中嵌有其他文件 {name}，没有读取：请单独提供",
        "another file is embedded, {name}, and was not read: ask for it by itself",
    ),
    "converted": Said(
        "文件经转换后读取，原文件中的隐藏内容没有检查：请提供 PDF",
        "read after conversion: hidden contents of the original were not looked at; ask for a PDF",
    ),
    "too-many-graphics": Said(
        "图形过多，只检查了前 {count} 个，请人工核对其余部分",
        "too many graphics: only the first {count} were looked at",
    ),
}


def undecided(reason: str, page: int, box: Box | None = None, **facts: object) -> Undecided:
    """The reason as a sentence."""
    zh, en = SAID[reason]
    return Undecided(reason, Said(zh.format(**facts), en.format(**facts)), page, box)


def type_unread(
    bare: Pixels,
    px_per_mm: float,
    graphics: Sequence[Graphic],
    codes: Sequence[Code],
    page: int,
) -> list[Undecided]:
    """Rows on the page drawn without its text that look like type, each once, by the graphic they lie in."""
    found: dict[tuple[str, int | None], Box] = {}
    in_portraits: set[int] = set()
    for x0, y0, x1, y1 in type_rows(bare, px_per_mm):
        box = Box(x0 / px_per_mm, y0 / px_per_mm, x1 / px_per_mm, y1 / px_per_mm)
        if any(box.overlap(code.box.grown(2)) > 0 for code in codes):
            continue
        graphic = _holder(box, graphics)
        if graphic is not None and _is_portrait(graphic) and graphic.index not in in_portraits:
            in_portraits.add(graphic.index)  # a collar now and then looks like a row: two are type
            continue
        key = (_reason(graphic), graphic.index if graphic else None)
        found[key] = found[key].union(box) if key in found else box
    return merged([undecided(reason, page, box) for (reason, _), box in found.items()])


def merged(notes: Sequence[Undecided]) -> list[Undecided]:
    """More than `_FEW` places of one reason as one: a page of outlined text is one fact."""
    by_reason: dict[str, list[Undecided]] = {}
    for note in notes:
        by_reason.setdefault(note.reason, []).append(note)
    kept: list[Undecided] = []
    for group in by_reason.values():
        boxes = [note.box for note in group if note.box is not None]
        if len(group) <= _FEW or not boxes:
            kept += group
            continue
        whole = boxes[0]
        for box in boxes[1:]:
            whole = whole.union(box)
        kept.append(replace(group[0], box=whole))
    return kept


def _holder(box: Box, graphics: Sequence[Graphic]) -> Graphic | None:
    """The smallest graphic that holds most of the row."""
    area = box.width * box.height
    holding = [
        graphic
        for graphic in graphics
        if not graphic.straight and graphic.box.overlap(box) > 0.5 * area
    ]
    return min(holding, key=lambda graphic: graphic.box.width * graphic.box.height, default=None)


def _is_portrait(graphic: Graphic) -> bool:
    """A picture of the shape of a photo (照片): one inch, two inches and what is near."""
    shape = graphic.box.width / max(graphic.box.height, 0.1)
    return graphic.kind is GraphicKind.IMAGE and 0.6 < shape < 0.85 and graphic.box.width < 50


def _reason(graphic: Graphic | None) -> str:
    if graphic is None:
        return "painted-pattern"
    if graphic.near_round:
        return "seal-text"
    return "picture-text" if graphic.kind is GraphicKind.IMAGE else "outlined-text"
