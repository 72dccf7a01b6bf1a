"""A page as DOCX and PPTX, written part by part as Word and WPS do, with texts planted everywhere they can hide."""

from collections.abc import Sequence
from io import BytesIO
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from certgen.model.page import Page, TextRun
from tests.design_samples.pages import Plant, Way, pictures_of
from tests.render.builders import fonts

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_PIC = 'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
_V = 'xmlns:v="urn:schemas-microsoft-com:vml"'
_P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument"
_WORD = f"{_TYPES}.wordprocessingml"
_SLIDES = f"{_TYPES}.presentationml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WHITE = '<w:color w:val="FFFFFF"/>'
_TWIP = 1440 / 25.4
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_EMU = 36_000


def docx(page: Page, plants: Sequence[Plant] = ()) -> bytes:
    """The page; every line of a slot is a text box at its place."""
    parts = {
        "word/header1.xml": f"<w:hdr {_W}>{_planted(plants, Way.HEADER)}<w:p/></w:hdr>",
        "word/footnotes.xml": f'<w:footnotes {_W}><w:footnote w:id="2">'
        f"{_planted(plants, Way.FOOTNOTE)}<w:p/></w:footnote></w:footnotes>",
        "word/comments.xml": f'<w:comments {_W}><w:comment w:id="0" w:author="a">'
        f"{_planted(plants, Way.COMMENT)}<w:p/></w:comment></w:comments>",
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/'
        'metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>'
        f"{_said(plants, Way.TITLE)}</dc:title></cp:coreProperties>",
        "docProps/custom.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="x"><vt:lpwstr>'
        f"{_said(plants, Way.PROPERTY)}</vt:lpwstr></property></Properties>",
    }
    kinds = {
        "word/header1.xml": f"{_WORD}.header+xml",
        "word/footnotes.xml": f"{_WORD}.footnotes+xml",
        "word/comments.xml": f"{_WORD}.comments+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/custom.xml": f"{_TYPES}.custom-properties+xml",
        "word/document.xml": f"{_WORD}.document.main+xml",
    }
    media = {f"word/media/{slot}.bin": data for slot, data, *_ in pictures_of(page)}
    relations = [("header1", "header"), ("footnotes", "footnotes"), ("comments", "comments")]
    rels = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{name}.xml"/>'
        for name, kind in relations
    ) + "".join(
        f'<Relationship Id="{slot}" Type="{_OFFICE}/image" Target="media/{slot}.bin"/>'
        for slot, *_ in pictures_of(page)
    )
    parts["word/_rels/document.xml.rels"] = _rels(rels)
    parts["word/document.xml"] = (
        f"<w:document {_W} {_WP} {_A} {_R} {_PIC} {_V}><w:body>"
        + "".join(_frames(page))
        + "<w:p/>"  # LibreOffice hides frames with the paragraph they hang on
        + "".join(_in_body(plant) for plant in plants)
        + "".join(_pictures(page, plants))
        + '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
        f'<w:pgSz w:w="{round(page.width * _TWIP)}" w:h="{round(page.height * _TWIP)}" '
        'w:orient="landscape"/><w:pgMar w:top="200" w:bottom="200" w:left="200" w:right="200" '
        'w:header="100" w:footer="100" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )
    parts["_rels/.rels"] = _rels(
        f'<Relationship Id="d" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        '<Relationship Id="c" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/'
        'core-properties" Target="docProps/core.xml"/>'
        f'<Relationship Id="u" Type="{_OFFICE}/custom-properties" Target="docProps/custom.xml"/>'
    )
    return _zipped(parts, kinds, media)


def _frames(page: Page) -> list[str]:
    """Every line of every slot in a text box at its place, without ground, as designers set forms in Word."""
    frames = []
    runs = [item for item in page.items if isinstance(item, TextRun)]
    for number, ((_, baseline), group) in enumerate(
        groupby(runs, key=lambda run: (run.slot, run.baseline)), start=100
    ):
        line = list(group)
        top = baseline - 0.95 * line[0].size_pt * 25.4 / 72
        width = (
            sum(run.width for run in line) * 1.4 + 3
        )  # the face that is really there may be wider
        said = "".join(
            _run(run.text, fonts().face(run.face).postscript_name, run.size_pt) for run in line
        )
        size = f'cx="{round(width * _EMU)}" cy="{round(line[0].size_pt * 0.6 * _EMU)}"'
        frames.append(
            f'<w:p><w:r><w:drawing>{_anchor(number, line[0].x, top, size)}<wp:docPr id="{number}" '
            f'name=""/><a:graphic><a:graphicData uri="{_WPS}"><wps:wsp xmlns:wps="{_WPS}"><wps:cNvSpPr '
            f'txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom '
            'prst="rect"/><a:noFill/></wps:spPr><wps:txbx><w:txbxContent><w:p><w:pPr><w:spacing '
            f'w:before="0" w:after="0"/></w:pPr>{said}</w:p></w:txbxContent></wps:txbx><wps:bodyPr '
            'wrap="none" lIns="0" tIns="0" rIns="0" bIns="0"/></wps:wsp></a:graphicData></a:graphic>'
            "</wp:anchor></w:drawing></w:r></w:p>"
        )
    return frames


def _anchor(number: int, x: float, y: float, size: str) -> str:
    return (
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        f'relativeHeight="{number}" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="page"><wp:posOffset>'
        f'{round(x * _EMU)}</wp:posOffset></wp:positionH><wp:positionV relativeFrom="page"><wp:posOffset>'
        f"{round(y * _EMU)}</wp:posOffset></wp:positionV><wp:extent {size}/><wp:wrapNone/>"
    )


def _run(text: str, face: str, size_pt: float, more: str = "", tag: str = "t") -> str:
    name = quoteattr(face)
    return (
        f"<w:r><w:rPr><w:rFonts w:ascii={name} w:hAnsi={name} w:eastAsia={name}/>{more}"
        f'<w:sz w:val="{round(size_pt * 2)}"/></w:rPr>'
        f'<w:{tag} xml:space="preserve">{escape(text)}</w:{tag}></w:r>'
    )


def _in_body(plant: Plant) -> str:  # noqa: PLR0911 - a table of cases
    """A planted paragraph of the main document."""
    face, size = "FandolHei-Regular", plant.size_pt
    match plant.way:
        case Way.VISIBLE:
            return f"<w:p>{_run(plant.text, face, size)}</w:p>"
        case Way.TWO_BOXES:  # a run for each character, as spell checkers leave them
            return f"<w:p>{''.join(_run(char, face, size) for char in plant.text)}</w:p>"
        case Way.WHITE:
            return f"<w:p>{_run(plant.text, face, size, _WHITE)}</w:p>"
        case Way.MARKED_HIDDEN:
            return f"<w:p>{_run(plant.text, face, size, '<w:vanish/>')}</w:p>"
        case Way.TINY:
            return f"<w:p>{_run(plant.text, face, 1)}</w:p>"
        case Way.DELETED:
            deleted = _run(plant.text, face, size, tag="delText")
            return f'<w:p><w:del w:id="9" w:author="a">{deleted}</w:del></w:p>'
        case Way.TEXT_BOX:
            return (
                '<w:p><w:r><w:pict><v:shape style="position:absolute;margin-left:20pt;margin-top:20pt;'
                f'width:200pt;height:40pt"><v:textbox><w:txbxContent><w:p>{_run(plant.text, face, size)}'
                "</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
            )
    return ""


def _pictures(page: Page, plants: Sequence[Plant]) -> list[str]:
    alt = _said(plants, Way.ALT_TEXT)
    return [
        '<w:p><w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        'relativeHeight="9" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="page"><wp:posOffset>'
        f'{round(x * _EMU)}</wp:posOffset></wp:positionH><wp:positionV relativeFrom="page"><wp:posOffset>'
        f"{round(y * _EMU)}</wp:posOffset></wp:positionV>"
        f'<wp:extent cx="{round(width * _EMU)}" cy="{round(height * _EMU)}"/><wp:wrapNone/>'
        f'<wp:docPr id="{number}" name="{slot}" descr="{escape(alt)}"/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="{slot}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{slot}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{round(width * _EMU)}" cy="{round(height * _EMU)}"/>'
        '</a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:anchor></w:drawing></w:r></w:p>"
        for number, (slot, _, x, y, width, height) in enumerate(pictures_of(page), start=1)
    ]


def _planted(plants: Sequence[Plant], way: Way) -> str:
    return "".join(
        f"<w:p>{_run(plant.text, 'FandolHei-Regular', plant.size_pt)}</w:p>"
        for plant in plants
        if plant.way is way
    )


def _said(plants: Sequence[Plant], way: Way) -> str:
    return escape("".join(plant.text for plant in plants if plant.way is way))


DOCX_WAYS = frozenset(
    {
        *(Way.VISIBLE, Way.TWO_BOXES, Way.WHITE, Way.MARKED_HIDDEN, Way.TINY, Way.DELETED),
        *(Way.TEXT_BOX, Way.HEADER, Way.FOOTNOTE, Way.COMMENT, Way.TITLE, Way.PROPERTY),
        Way.ALT_TEXT,
    }
)
"""What can be planted into a DOCX."""


def pptx(page: Page, plants: Sequence[Plant] = ()) -> bytes:
    """The page as one slide; every slot is a text box at its place."""
    shapes = []
    runs = [item for item in page.items if isinstance(item, TextRun)]
    for number, ((slot, _), group) in enumerate(
        groupby(runs, key=lambda run: (run.slot, run.baseline)), start=10
    ):
        line = list(group)
        first = line[0]
        top = first.baseline - first.size_pt * 25.4 / 72
        width = sum(run.width for run in line) + 2
        shapes.append(_shape(number, slot, line, first.x, top, width))
    for number, plant in enumerate(plants, start=500):
        shapes.append(_planted_shape(number, plant, page))
    pictures = pictures_of(page)
    shapes += [
        f'<p:pic><p:nvPicPr><p:cNvPr id="{number}" name=""/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill>'
        f'<a:blip r:embed="{slot}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm>'
        f'<a:off x="{round(x * _EMU)}" y="{round(y * _EMU)}"/><a:ext cx="{round(width * _EMU)}" '
        f'cy="{round(height * _EMU)}"/></a:xfrm><a:prstGeom prst="rect"/></p:spPr></p:pic>'
        for number, (slot, _, x, y, width, height) in enumerate(pictures, start=300)
    ]
    hidden = [plant for plant in plants if plant.way is Way.MARKED_HIDDEN]
    notes = "".join(plant.text for plant in plants if plant.way is Way.NOTES)
    slides = [_slide("".join(shapes))]
    if hidden:
        slides.append(_slide(_planted_shape(9, hidden[0], page), show="0"))
    parts = {f"ppt/slides/slide{n}.xml": slide for n, slide in enumerate(slides, start=1)}
    parts["ppt/notesSlides/notesSlide1.xml"] = (
        f"<p:notes {_P} {_A}><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id='1' name=''/><p:cNvGrpSpPr/>"
        f"<p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{_box(2, 'notes', notes, 10, 10, 50)}</p:spTree></p:cSld></p:notes>"
    )
    parts["docProps/core.xml"] = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>'
        f"{_said(plants, Way.TITLE)}</dc:title></cp:coreProperties>"
    )
    ids = "".join(f'<p:sldId id="{255 + n}" r:id="s{n}"/>' for n in range(1, len(slides) + 1))
    parts["ppt/presentation.xml"] = (
        f"<p:presentation {_P} {_A} {_R}><p:sldIdLst>{ids}</p:sldIdLst>"
        f'<p:sldSz cx="{round(page.width * _EMU)}" cy="{round(page.height * _EMU)}"/>'
        '<p:notesSz cx="6858000" cy="9144000"/></p:presentation>'
    )
    parts["ppt/_rels/presentation.xml.rels"] = _rels(
        "".join(
            f'<Relationship Id="s{n}" Type="{_OFFICE}/slide" Target="slides/slide{n}.xml"/>'
            for n in range(1, len(slides) + 1)
        )
    )
    parts["ppt/slides/_rels/slide1.xml.rels"] = _rels(
        "".join(
            f'<Relationship Id="{slot}" Type="{_OFFICE}/image" Target="../media/{slot}.bin"/>'
            for slot, *_ in pictures
        )
    )
    parts["_rels/.rels"] = _rels(
        f'<Relationship Id="d" Type="{_OFFICE}/officeDocument" Target="ppt/presentation.xml"/>'
    )
    kinds = {
        "ppt/presentation.xml": f"{_SLIDES}.presentation.main+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "ppt/notesSlides/notesSlide1.xml": f"{_SLIDES}.notesSlide+xml",
    }
    kinds |= {f"ppt/slides/slide{n}.xml": f"{_SLIDES}.slide+xml" for n in range(1, len(slides) + 1)}
    return _zipped(parts, kinds, {f"ppt/media/{slot}.bin": data for slot, data, *_ in pictures})


def _slide(shapes: str, show: str = "1") -> str:
    return (
        f'<p:sld {_P} {_A} {_R} show="{show}"><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/>'
        f"<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{shapes}</p:spTree></p:cSld></p:sld>"
    )


def _shape(
    number: int, name: str, line: Sequence[TextRun], x: float, y: float, width: float
) -> str:
    runs = "".join(
        _drawing_run(run.text, fonts().face(run.face).postscript_name, run.size_pt) for run in line
    )
    return _frame(number, name, runs, x, y, width)


def _drawing_run(text: str, face: str, size_pt: float, more: str = "") -> str:
    name = quoteattr(face)
    return (
        f'<a:r><a:rPr lang="zh-CN" sz="{round(size_pt * 100)}">{more}<a:latin typeface={name}/>'
        f"<a:ea typeface={name}/></a:rPr><a:t>{escape(text)}</a:t></a:r>"
    )


def _box(number: int, name: str, text: str, x: float, y: float, width: float) -> str:
    return _frame(number, name, _drawing_run(text, "FandolHei-Regular", 14), x, y, width)


def _frame(
    number: int, name: str, runs: str, x: float, y: float, width: float, more: str = ""
) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(name)}{more}/><p:cNvSpPr txBox="1"/>'
        f'<p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{round(x * _EMU)}" y="{round(y * _EMU)}"/>'
        f'<a:ext cx="{round(width * _EMU)}" cy="{8 * _EMU}"/></a:xfrm><a:prstGeom prst="rect"/></p:spPr>'
        '<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0"/><a:p>'
        f"{runs}</a:p></p:txBody></p:sp>"
    )


def _planted_shape(number: int, plant: Plant, page: Page) -> str:  # noqa: PLR0911 - a table of cases
    face, size = "FandolHei-Regular", plant.size_pt
    white = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
    place = plant.x, plant.y, 40.0
    match plant.way:
        case Way.VISIBLE | Way.MARKED_HIDDEN if number == 9 or plant.way is Way.VISIBLE:
            return _frame(number, "plant", _drawing_run(plant.text, face, size), *place)
        case Way.WHITE:
            return _frame(number, "plant", _drawing_run(plant.text, face, size, white), *place)
        case Way.TINY:
            return _frame(number, "plant", _drawing_run(plant.text, face, 1), *place)
        case Way.OFF_PAGE:
            runs = _drawing_run(plant.text, face, size)
            return _frame(number, "plant", runs, page.width + 10, plant.y, 40)
        case Way.COVERED:  # a shape that is marked as hidden in the selection pane
            runs = _drawing_run(plant.text, face, size)
            return _frame(number, "plant", runs, *place, ' hidden="1"')
        case Way.TWO_BOXES:
            runs = "".join(_drawing_run(char, face, size) for char in plant.text)
            return _frame(number, "plant", runs, *place)
        case Way.ALT_TEXT:
            runs = _drawing_run("-", face, size)
            return _frame(number, "plant", runs, *place, f" descr={quoteattr(plant.text)}")
    return ""


PPTX_WAYS = frozenset(
    {
        *(Way.VISIBLE, Way.WHITE, Way.TINY, Way.OFF_PAGE, Way.COVERED, Way.TWO_BOXES),
        *(Way.ALT_TEXT, Way.MARKED_HIDDEN, Way.NOTES, Way.TITLE),
    }
)
"""What can be planted into a PPTX."""


def _rels(relations: str) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{relations}</Relationships>'


def _zipped(parts: dict[str, str], kinds: dict[str, str], media: dict[str, bytes]) -> bytes:
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    types = (
        f'<Types xmlns="{space}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="bin" ContentType="image/png"/>'
        + "".join(
            f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items()
        )
        + "</Types>"
    )
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        for name, text in {"[Content_Types].xml": types, **parts}.items():
            package.writestr(ZipInfo(name), _XML + text, ZIP_DEFLATED)
        for name, data in media.items():
            package.writestr(ZipInfo(name), data)
    return made.getvalue()
