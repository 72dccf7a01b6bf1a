"""The reply letter (复函) as DOCX: numbered findings with clause, picture, place and what to change.

Only errors are 不符合; review and undecided are 请说明; recommendations stand apart. A design without
open findings gets the letter of no objection. Both come from one template that may be edited in
Word or WPS: a paragraph `{{errors}}` is replaced by the list; a paragraph that begins with
`{{?errors}}` stays only where there are such; `{{agency}}`, `{{file}}`, `{{digest}}`, `{{date}}`,
`{{profile}}` are replaced wherever they stand.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from certgen.errors import InputError, Said
from certgen.standards.contents import issue_date_en, issue_date_zh
from verify.design.clauses import Clause
from verify.design.decisions import Item, Reviewed
from verify.design.finding import Kind
from verify.design.report.gallery import Gallery, as_png
from verify.design.report.words import line_of, where

_LISTS = {
    "errors": (Kind.ERROR,),
    "questions": (Kind.REVIEW, Kind.UNDECIDED),
    "advice": (Kind.WARNING,),
}
_LARGEST_TEMPLATE = 20_000_000
_CROP_WIDTH = 9.0
"""Centimetres that a picture in the letter takes at most."""

_UNREAD = Said(
    "我们未能从文件中读出或核对此处，请书面说明其内容，并提供字体嵌入、文字未转曲的文件",
    "we could not read or compare this: please state what it says, and send a file with fonts embedded "
    "and no outlined text",
)

_ZH = (
    ("title", "关于职业技能等级证书样式的审核意见"),
    ("no-indent", "{{agency}}："),
    (
        "body",
        "你单位报送的职业技能等级证书样式（文件“{{file}}”，摘要 {{digest}}）收悉。经对照{{profile}}审核，意见如下。",
    ),
    ("head", "{{?errors}}不符合规定、须修改后重新报送的"),
    ("body", "{{errors}}"),
    ("head", "{{?questions}}请予说明或补充材料的"),
    ("body", "{{questions}}"),
    ("head", "{{?advice}}建议"),
    ("body", "{{advice}}"),
    ("body", "{{?errors}}请按以上意见修改样式，并在重新报送时逐条说明修改情况。"),
    ("body", "{{?only_questions}}未发现不符合规定之处。请就以上事项说明后，再行办理。"),
    (
        "body",
        "{{?none}}经审核，该样式未发现不符合规定之处，我们对该样式无异议。样式（含印章内容）如有变动，请重新报送。",
    ),
    ("right", "（审核单位）"),
    ("right", "{{date}}"),
)
_EN = (
    ("title", "Opinion on a certificate design"),
    ("no-indent", "To {{agency}}"),
    (
        "body",
        "We have looked at the design that you sent (file {{file}}, digest {{digest}}) under {{profile}}. Our opinion:",
    ),
    ("head", "{{?errors}}Not in order: to be changed and sent again"),
    ("body", "{{errors}}"),
    ("head", "{{?questions}}To be explained or supplemented"),
    ("body", "{{questions}}"),
    ("head", "{{?advice}}Recommended"),
    ("body", "{{advice}}"),
    (
        "body",
        "{{?errors}}Please change the design and answer point by point when you send it again.",
    ),
    (
        "body",
        "{{?only_questions}}Nothing was found that is not in order. Please explain the points above.",
    ),
    (
        "body",
        (
            "{{?none}}Nothing was found that is not in order, and we have no objection to "
            "this design. If it or the wording of its seals changes, please send it again."
        ),
    ),
    ("right", "(reviewing authority)"),
    ("right", "{{date}}"),
)


def template(lang: str) -> bytes:
    """The template that comes with the toolkit, to be edited."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.7)
    section.top_margin = section.bottom_margin = Cm(3)
    style = document.styles["Normal"]
    style.font.name = "Times New Roman"
    style.font.size = Pt(14 if lang == "zh" else 11.5)
    _east_asian(style.element.get_or_add_rPr(), "仿宋")
    for kind, text in _ZH if lang == "zh" else _EN:
        _template_paragraph(document, kind, text, lang)
    return _saved(document)


def _template_paragraph(document: DocumentType, kind: str, text: str, lang: str) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    shape = paragraph.paragraph_format
    shape.space_after = Pt(6)
    if kind == "title":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run.font.size = Pt(20 if lang == "zh" else 16)
        _east_asian(run._element.get_or_add_rPr(), "黑体")  # noqa: SLF001 (no public way to it)
        shape.space_after = Pt(18)
    elif kind == "head":
        run.bold = True
        _east_asian(run._element.get_or_add_rPr(), "黑体")  # noqa: SLF001
        shape.space_before = Pt(12)
        shape.keep_with_next = True
    elif kind == "right":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif kind == "body" and lang == "zh":
        shape.first_line_indent = Pt(28)


def _east_asian(properties: object, face: str) -> None:
    fonts = properties.get_or_add_rFonts()  # type: ignore[attr-defined]  # an lxml element class
    fonts.set(qn("w:eastAsia"), face)


def letter(
    review: Reviewed, gallery: Gallery, lang: str, today: date, own_template: Path | None = None
) -> bytes:
    """The letter for one design. Raises `InputError` for a template that cannot be read."""
    document = _opened(own_template, lang)
    source = review.report.design.source
    filing = review.report.filing
    values = {
        "agency": filing.name if filing else Said("（评价机构）", "(agency)").in_(lang),
        "file": source.name,
        "digest": source.sha256[:16],
        "profile": review.report.profile.said.in_(lang),
        "date": issue_date_zh(today) if lang == "zh" else issue_date_en(today),
    }
    lists = {name: review.of(*kinds) for name, kinds in _LISTS.items()}
    holds = {name: bool(items) for name, items in lists.items()}
    holds["none"] = not holds["errors"] and not holds["questions"]
    holds["only_questions"] = holds["questions"] and not holds["errors"]
    for paragraph in list(_paragraphs(document)):
        _fill(paragraph, values, lists, holds, gallery, lang)
    return _saved(document)


def _opened(own: Path | None, lang: str) -> DocumentType:
    if own is None:
        return Document(io.BytesIO(template(lang)))
    try:
        fits = own.stat().st_size <= _LARGEST_TEMPLATE
        return Document(str(own) if fits else "")
    except (OSError, ValueError, KeyError, BadZipFile, PackageNotFoundError) as problem:
        raise InputError(
            zh=f"无法读取复函模板 {own.name}：请用 certverify letter-template 生成一份 DOCX 再修改",
            en=f"cannot read the template {own.name}: make a DOCX with certverify letter-template and edit that",
        ) from problem


def _paragraphs(document: DocumentType) -> list[Paragraph]:
    inside = [
        p
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        for p in cell.paragraphs
    ]
    return [*document.paragraphs, *inside]


def _fill(
    paragraph: Paragraph,
    values: Mapping[str, str],
    lists: Mapping[str, Sequence[Item]],
    holds: Mapping[str, bool],
    gallery: Gallery,
    lang: str,
) -> None:
    text = paragraph.text
    for name, is_so in holds.items():
        mark = f"{{{{?{name}}}}}"
        if mark in text:
            if not is_so:
                _remove(paragraph)
                return
            _replace(paragraph, mark, "")
    for name, items in lists.items():
        if text.strip() == f"{{{{{name}}}}}":
            _list(paragraph, items, gallery, lang)
            return
    for name, value in values.items():
        _replace(paragraph, f"{{{{{name}}}}}", value)


def _replace(paragraph: Paragraph, mark: str, value: str) -> None:
    """In one run where it can be, so that its look stays; Word splits runs as it likes."""
    for run in paragraph.runs:
        if mark in run.text:
            run.text = run.text.replace(mark, value)
    if mark in paragraph.text and paragraph.runs:
        whole = paragraph.text.replace(mark, value)
        paragraph.runs[0].text = whole
        for run in paragraph.runs[1:]:
            run.text = ""


def _remove(paragraph: Paragraph) -> None:
    paragraph._element.getparent().remove(paragraph._element)  # noqa: SLF001 (python-docx has no way)


def _list(paragraph: Paragraph, items: Sequence[Item], gallery: Gallery, lang: str) -> None:
    """The findings in place of a paragraph, in its look; places that say the same stand together."""
    quoted: set[Clause] = set()
    for number, group in enumerate(grouped(items), 1):
        _item(paragraph, number, group, gallery, lang, quoted)
    _remove(paragraph)


def grouped(items: Sequence[Item]) -> list[list[Item]]:
    """Findings that say the same about several places, as one point of the letter."""
    groups: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        groups.setdefault((item.finding.rule, item.finding.said.zh), []).append(item)
    return list(groups.values())


def _item(
    before: Paragraph,
    number: int,
    group: Sequence[Item],
    gallery: Gallery,
    lang: str,
    quoted: set[Clause],
) -> None:
    finding = group[0].finding
    zh = lang == "zh"
    _add(before, f"{number}. {finding.said.in_(lang)}{'。' if zh else '.'}", bold=True)
    places = ("；" if zh else "; ").join(_place(item, lang) for item in group[:6])
    more = len(group) - 6
    if more > 0:
        places += f"；另有 {more} 处" if zh else f"; and {more} more"
    _add(before, f"{'位置：' if zh else 'Where: '}{places}")
    crop = None
    if finding.place.box:
        crop = gallery.crop(finding.place.page, finding.place.box, group[0].kind)
    if crop is not None:
        picture = _add(before, "")
        picture.paragraph_format.first_line_indent = Pt(0)
        width = min(crop.width / 110 * 2.54 * 1.4, _CROP_WIDTH)
        picture.add_run().add_picture(io.BytesIO(as_png(crop)), width=Cm(width))
    if finding.clause.document:
        words = "" if finding.clause in quoted else f"：“{finding.clause.quote}”"
        quoted.add(finding.clause)
        _add(before, f"{'依据：' if zh else 'Clause: '}{finding.clause}{words}")
    remedy = _UNREAD if group[0].kind is Kind.UNDECIDED else finding.remedy
    _add(before, f"{'意见：' if zh else 'To do: '}{remedy.in_(lang)}{'。' if zh else '.'}")


def _place(item: Item, lang: str) -> str:
    place = item.finding.place
    text = where(place).in_(lang)
    if not place.context or place.end <= place.start:
        return text
    line = line_of(place)
    return (
        f"{text}，“{line.before}【{line.span}】{line.behind}”"
        if lang == "zh"
        else (f"{text}, '{line.before}[{line.span}]{line.behind}'")
    )


def _add(before: Paragraph, text: str, *, bold: bool = False) -> Paragraph:
    new = before.insert_paragraph_before("", before.style)
    new.paragraph_format.first_line_indent = before.paragraph_format.first_line_indent
    new.paragraph_format.space_after = Pt(2)
    new.paragraph_format.keep_with_next = bold
    if text:
        new.add_run(text).bold = bold or None
    return new


def _saved(document: DocumentType) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
