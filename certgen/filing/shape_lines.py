"""Lines of the table about what is no text: the sheet, the photo, the QR code, the seals."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from certgen.errors import Said
from certgen.exchange.agency import AGENCY_SEAL, EMBOSSED_SEAL, Agency
from certgen.filing.asked import OF_A_LAYOUT, PHOTO_OF_2021, Asked, asked_by, sheet_of
from certgen.filing.line import NEAR, Extent, Line, Verdict, absent, met_if
from certgen.filing.specimens import Side, Specimen
from certgen.layouts.slots import Layout
from certgen.model.box import Box
from certgen.model.measured import MeasuredPage
from certgen.model.page import Photo, Qr
from certgen.render.content import QUIET_ZONE
from certgen.render.qr import encode
from certgen.standards import filling, seals
from certgen.standards.forms import FormId

_SEALS_1999 = "国发〔1999〕25号"
_FAR = 5.0  # mm from where it was composed: another thing


def sheet(page: MeasuredPage, form: FormId, layout: Layout) -> Line:
    """The trimmed sheet; which way it lies is asked by nobody but on a card."""
    item = Said("纸张（成品）", "trimmed sheet")
    measured = f"{page.width:.1f} × {page.height:.1f} mm"
    wanted = sheet_of(form)
    if wanted is None:
        return Line(
            item,
            Asked(inferred=f"{layout.source} gives the sheet no size"),
            measured,
            Verdict.NOT_ASKED,
        )
    found, size = (page.width, page.height), (wanted.width, wanted.height)
    fits = _near_all(found, size) or (wanted.turned and _near_all(found, size[::-1]))
    remark = Said("横向为推断", "landscape is inferred") if wanted.turned else None
    return Line(item, wanted.asked, measured, met_if(fits), remark=remark)


def photo(side: Side, page: MeasuredPage, form: FormId, sample: Layout) -> Line:
    """The outline of the portrait."""
    planned = next(item for item in side.page.items if isinstance(item, Photo))
    wanted = (planned.x, planned.y, planned.x + planned.width, planned.y + planned.height)
    item = Said("照片", "photo")
    box = nearest(page.pictures, wanted)
    reference = sample.photo
    asked = asked_by(reference.size_basis) if reference else OF_A_LAYOUT
    if form is FormId.NATIONAL_2021:
        asked = replace(PHOTO_OF_2021, inferred=asked.inferred)
    if box is None:
        return absent(item, asked)
    measured = f"{box.width:.1f} × {box.height:.1f} mm"
    size = (reference.width, reference.height) if reference else (box.width, box.height)
    same = _near_all((box.width, box.height), size)
    if reference and reference.size_basis.official:
        return Line(item, asked, measured, met_if(same), _corner(box))
    remark = None if same else _differs(size)
    return Line(item, asked, measured, Verdict.NOT_ASKED, _corner(box), remark)


def qr(side: Side, page: MeasuredPage, sample: Layout) -> Line:
    """The symbol is measured; its quiet zone of four modules, which leaves no ink, is added."""
    planned = next(item for item in side.page.items if isinstance(item, Qr))
    modules = encode(planned.text).size
    quiet = planned.size / (modules + 2 * QUIET_ZONE) * QUIET_ZONE
    wanted = (
        planned.x + quiet,
        planned.y + quiet,
        planned.x + planned.size - quiet,
        planned.y + planned.size - quiet,
    )
    item = Said("二维码（含四模块留白）", "QR code (with four modules of quiet zone)")
    box = nearest(page.paths, wanted)
    reference = sample.qr
    asked = asked_by(reference.size_basis) if reference else OF_A_LAYOUT
    if box is None:
        return absent(item, asked)
    size = box.width * (modules + 2 * QUIET_ZONE) / modules
    outer = size * QUIET_ZONE / (modules + 2 * QUIET_ZONE)
    whole = Box(box.x0 - outer, box.y0 - outer, box.x1 + outer, box.y1 + outer)
    same = reference is None or abs(size - reference.size) <= NEAR
    remark = None if same or reference is None else _differs((reference.size, reference.size))
    measured = f"{whole.width:.1f} × {whole.height:.1f} mm"
    return Line(item, asked, measured, Verdict.NOT_ASKED, _corner(whole), remark)


def seal_lines(
    specimen: Specimen, page: MeasuredPage, agency: Agency, sample: Layout
) -> Iterator[Line]:
    """Diameter and side of each seal that is drawn; the outline is that of its picture."""
    for seal in specimen.seals:
        wanted = (seal.x, seal.y, seal.x + seal.size, seal.y + seal.size)
        item = _SEAL_NAMES[seal.slot]
        box = nearest(page.pictures, wanted)
        low, high = (0.0, filling.SEAL_MAX_MM)
        words = Said(f"直径不大于 {high:g} 毫米", f"at most {high:g} mm across")
        if seal.owner == EMBOSSED_SEAL:
            low, high = seals.EMBOSSED_MIN_MM, seals.EMBOSSED_MAX_MM
            words = Said(f"{low:g} 至 {high:g} 毫米", f"{low:g} to {high:g} mm")
        asked = Asked(words, _SEALS_1999)
        if box is None:
            yield absent(item, asked)
            continue
        middle = Extent.at(*box.centre, "middle")
        fits = low - NEAR <= max(box.width, box.height) <= high + NEAR
        yield Line(item, asked, f"直径 {box.width:.1f} mm", met_if(fits), middle)
        if seal.owner == EMBOSSED_SEAL:
            yield _on_the_photo(box, specimen.style.front)
        else:
            yield _side(seal.owner, box, page, agency, sample)


def _side(owner: str, box: Box, page: MeasuredPage, agency: Agency, sample: Layout) -> Line:
    """评价机构印章在左侧，分支机构印章在右侧: official in sample 二 alone."""
    is_agency = owner == AGENCY_SEAL
    of = "agency" if is_agency else "branch"
    slot = next((one for one in sample.seals if one.owner == of), None)
    asked = asked_by(slot.place_basis) if slot else OF_A_LAYOUT
    left = box.centre[0] < page.width / 2
    item = Said("印章左右", "side of the seal")
    item = Said(f"{_owner(of).zh}{item.zh}", f"{item.en} of the {_owner(of).en}")
    measured = "左 left" if left else "右 right"
    if not asked.clause or agency.form is not FormId.NATIONAL_2021:
        return Line(item, asked, measured, Verdict.NOT_ASKED)
    return Line(item, asked, measured, met_if(left is is_agency))


def _on_the_photo(box: Box, side: Side) -> Line:
    photo = next(item for item in side.page.items if isinstance(item, Photo))
    across = min(box.x1, photo.x + photo.width) - max(box.x0, photo.x)
    down = min(box.y1, photo.y + photo.height) - max(box.y0, photo.y)
    words = Said("加盖在照片上", "pressed over the photo")
    met = across > 0 and down > 0
    shown = "照片上 over the photo" if met else "照片外 beside the photo"
    item = Said("钢印位置", "place of the embossed seal")
    return Line(item, Asked(words, seals.EMBOSSED_CLAUSE), shown, met_if(met))


_SEAL_NAMES = {
    "seal.agency": Said("评价机构印章（图片外框）", "agency's seal (outline of its picture)"),
    "seal.branch": Said("分支机构印章（图片外框）", "branch's seal (outline of its picture)"),
    "seal.embossed": Said("钢印（图片外框）", "embossed seal (outline of its picture)"),
}


def _owner(of: str) -> Said:
    return Said("评价机构", "agency") if of == "agency" else Said("分支机构", "branch")


def nearest(boxes: Sequence[Box], wanted: tuple[float, float, float, float]) -> Box | None:
    """The box with the least distance from where one was composed; None where none is within five millimetres."""

    def distance(box: Box) -> float:
        edges = (box.x0, box.y0, box.x1, box.y1)
        return max(abs(one - other) for one, other in zip(edges, wanted, strict=True))

    best = min(boxes, key=distance, default=None)
    return best if best is not None and distance(best) <= 5 else None


def _corner(box: Box) -> Extent:
    return Extent.at(box.x0, box.y0, "corner")


def _differs(size: tuple[float, float]) -> Said:
    shown = f"{size[0]:g} × {size[1]:g} mm"
    return Said(f"与推断的 {shown} 不同", f"other than the inferred {shown}")


def _near_all(found: tuple[float, float], wanted: tuple[float, float]) -> bool:
    return all(abs(one - other) <= NEAR for one, other in zip(found, wanted, strict=True))
