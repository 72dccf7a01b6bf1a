"""The frozen baseline: a certificate as a competent user of reportlab and qrcode first draws it.

Every ratio that this project states about its speed is measured against this file, so it is FROZEN
from its first commit: it is never made faster or slower and never follows a change of the layout.
It has neither tuning nor deliberate slowness: the three faces are registered once, a certificate
is a fresh `Canvas` with reportlab's own settings, a seal is a PNG with an alpha channel drawn with
`mask="auto"`, the QR code is the picture `qrcode.make` returns, the photo is drawn from its file.

The page is sample 二 of 人社鉴发〔2021〕1号: A4 landscape, issued by a branch (分支机构), so the
agency's seal (评价机构印章) stands left, the branch's seal and the date right. Type sizes are the
notice's; it gives no positions, so the millimetres are this project's.
Needs: reportlab, qrcode, Pillow.
"""

from datetime import date
from pathlib import Path
from typing import NamedTuple, TypedDict

import qrcode
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

PAGE = (297 * mm, 210 * mm)
SEAL_MM = 42.0  # 国发〔1999〕25号: at most 45
LEFT_AXIS, RIGHT_AXIS = 81.25, 232.0  # mm: names and seals of each half are centred on these

TITLE = "职业技能等级证书"
TITLE_EN = "Certificate of Occupational Skill Level"
BODY = (
    "本证书由{agency}颁发，表明持证人通过本机构组织的职业技能等级认定，"
    "具备该职业（工种）相应技能等级水平。"
)
BODY_EN = (
    "This is to certify that the bearer has demonstrated corresponding competency in this"
    " occupation(job) for successful completion of the occupational skill level assessment"
    " organized by {agency_en}."
)
ADDRESSES = (
    ("证书信息查询网址", "(Certificate Information): http://jndj.osta.org.cn/"),
    ("机构信息查询网址", "(Assessment Information): http://pjjg.osta.org.cn/"),
)
FIELDS = (
    ("name", "姓名", "Name"),
    ("id_type", "证件类型", "ID Type"),
    ("id_number", "证件号码", "ID No."),
    ("occupation", "职业名称", "Occupation"),
    ("job", "工种/职业方向", "Job"),
    ("level", "职业技能等级", "Skill Level"),
    ("code", "证书编号", "Certificate No."),
)


class Certificate(TypedDict):
    """What one certificate says: the seven filled values, who issues it, what its QR code holds."""

    name: str
    id_type: str
    id_number: str
    occupation: str
    job: str
    level: str
    code: str
    agency: str
    agency_en: str
    branch: str
    issued: date
    qr: str


class Seals(NamedTuple):
    """PNG files with an alpha channel."""

    agency: Path
    branch: Path


class Fonts(NamedTuple):
    """Names under which the faces are registered with reportlab."""

    kai: str
    fangsong: str
    times: str


def register_fonts(kai: Path, fangsong: Path, times: Path) -> Fonts:
    """Register the three TrueType faces, once for the whole run."""
    fonts = Fonts("Kai", "FangSong", "Times")
    for name, path in zip(fonts, (kai, fangsong, times), strict=True):
        pdfmetrics.registerFont(TTFont(name, str(path)))
    return fonts


def render(record: Certificate, photo: Path, seals: Seals, fonts: Fonts, out: Path) -> None:
    """Draw one certificate and write it to `out`."""
    canvas = Canvas(str(out), pagesize=PAGE)
    canvas.setTitle(TITLE)
    _draw_left(canvas, record, fonts)
    _draw_right(canvas, record, fonts)
    code = qrcode.make(record["qr"]).get_image()
    half = SEAL_MM / 2
    _image(canvas, str(photo), (174, 24), (25, 35))
    _image(canvas, ImageReader(code), (232, 26.5), (30, 30))
    _image(canvas, str(seals.agency), (LEFT_AXIS - half, 158 - half), (SEAL_MM, SEAL_MM))
    _image(canvas, str(seals.branch), (RIGHT_AXIS - half, 169 - half), (SEAL_MM, SEAL_MM))
    canvas.save()


def _draw_left(canvas: Canvas, record: Certificate, fonts: Fonts) -> None:
    """Title, body in both languages, the agency's name, the addresses."""
    _centred(canvas, (fonts.kai, 30), (LEFT_AXIS, 44), TITLE)
    _centred(canvas, (fonts.times, 16), (LEFT_AXIS, 54), TITLE_EN)
    chinese = ParagraphStyle(
        "zh",
        fontName=fonts.kai,
        fontSize=16,
        leading=8.2 * mm,
        firstLineIndent=32,
        wordWrap="CJK",
    )
    english = ParagraphStyle("en", fontName=fonts.times, fontSize=16, leading=7 * mm)
    bottom = _paragraph(canvas, BODY.format(agency=record["agency"]), chinese, 62)
    # A name that ends in "Ltd." would double the sentence's full stop.
    text = BODY_EN.format(agency_en=record["agency_en"].removesuffix("."))
    _paragraph(canvas, text, english, bottom + 3)
    _centred(canvas, (fonts.kai, 12), (LEFT_AXIS, 160), record["agency"])
    for baseline, (label, address) in zip((183, 189), ADDRESSES, strict=True):
        end = _text(canvas, (fonts.kai, 11), (24, baseline), label)
        _text(canvas, (fonts.times, 11), (end, baseline), address)


def _draw_right(canvas: Canvas, record: Certificate, fonts: Fonts) -> None:
    """The seven labelled values on their lines, the branch's name, the date in both languages."""
    values = dict(record)
    canvas.setLineWidth(0.5)
    for index, (key, label, label_en) in enumerate(FIELDS):
        baseline = 69.2 + 11.2 * index
        _text(canvas, (fonts.kai, 12), (162, baseline), label)
        _text(canvas, (fonts.times, 12), (162, baseline + 4.6), label_en)
        _text(canvas, (fonts.fangsong, 12), (196, baseline + 2.3), str(values[key]))
        line = PAGE[1] - (baseline + 3.8) * mm
        canvas.line(194 * mm, line, 272 * mm, line)
    _centred(canvas, (fonts.kai, 12), (RIGHT_AXIS, 166), record["branch"])
    day = record["issued"]
    end = _text(canvas, (fonts.kai, 12), (208, 174), "发证日期：")
    _text(canvas, (fonts.fangsong, 12), (end, 174), f"{day.year}年{day.month}月{day.day}日")
    _text(canvas, (fonts.times, 12), (208, 179), f"Issue date: {day:%Y-%m-%d}")


# Below, a place is (x, baseline) or (x, top) in millimetres from the top left corner.


def _text(canvas: Canvas, face: tuple[str, float], place: tuple[float, float], text: str) -> float:
    """Draw `text` and return where it ends."""
    canvas.setFont(*face)
    canvas.drawString(place[0] * mm, PAGE[1] - place[1] * mm, text)
    return place[0] + canvas.stringWidth(text, *face) / mm


def _centred(
    canvas: Canvas, face: tuple[str, float], place: tuple[float, float], text: str
) -> None:
    canvas.setFont(*face)
    canvas.drawCentredString(place[0] * mm, PAGE[1] - place[1] * mm, text)


def _paragraph(canvas: Canvas, text: str, style: ParagraphStyle, top: float) -> float:
    """Set `text` in the column from 24 to 140 mm and return where it ends."""
    paragraph = Paragraph(text, style)
    _, height = paragraph.wrap(116 * mm, PAGE[1])
    paragraph.drawOn(canvas, 24 * mm, PAGE[1] - top * mm - height)
    return top + height / mm


def _image(
    canvas: Canvas,
    image: str | ImageReader,
    place: tuple[float, float],
    size: tuple[float, float],
) -> None:
    x, width, height = place[0] * mm, size[0] * mm, size[1] * mm
    canvas.drawImage(image, x, PAGE[1] - place[1] * mm - height, width, height, mask="auto")
