"""The contents that a certificate must have (人社鉴发〔2021〕1号 二(一)), each with where the specimen has it.

The other notices list no such contents; of their forms the pack says where each field stands.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from certgen.errors import Said
from certgen.filing.line import Extent
from certgen.filing.measures import Table
from certgen.filing.names import item_of
from certgen.filing.type_lines import runs_of
from certgen.layouts.checks import PRINTED_BY
from certgen.standards import contents
from certgen.standards.codes.counting import CodeKind
from certgen.standards.forms import FORMS, FormId

CLAUSE = "人社鉴发〔2021〕1号 二(一)"


@dataclass(frozen=True, slots=True)
class ContentRow:
    """One content. `place` is None where the specimen does not have it."""

    number: int
    name: Said
    required: bool  # 二(一) names it among the fifteen
    place: Extent | None


def clause_of(form: FormId) -> str:
    """The clause that lists the contents, '' where no notice does."""
    return CLAUSE if FORMS[form].numbers is CodeKind.CERTIFICATE else ""


def rows(table: Table, form: FormId) -> tuple[ContentRow, ...]:
    """The fifteen contents and the optional ones that are printed, or the fields of a form that has its own."""
    if not clause_of(form):
        return tuple(_fields(table))
    listed = []
    for number, content in enumerate(contents.CONTENTS, start=1):
        place = _place(content.id, table)
        if content.required or place:
            listed.append(ContentRow(number, content.name, content.required, place))
    return tuple(listed)


def _place(content: str, table: Table) -> Extent | None:
    # Photo, QR code and what may be printed are named as their slots are.
    keys: tuple[str, ...] = PRINTED_BY.get(content, (content, f"{content}.value"))
    return next((table.places[key] for key in keys if key in table.places), None)


def _fields(table: Table) -> Iterator[ContentRow]:
    side = table.specimen.style.front
    labels = {slot.id: "".join(r.text for r in runs_of(slot, side)) for slot in side.layout.texts}
    number = 0
    for slot in side.layout.texts:
        if slot.static or not runs_of(slot, side):
            continue
        number += 1
        label = labels.get(slot.id.replace(".value", ".label"), "").rstrip("：")
        name = Said(label, slot.id.partition(".")[0]) if label else item_of(slot)
        yield ContentRow(number, name, required=False, place=table.places.get(slot.parts[0].key))
    for key, said in (("photo", Said("照片", "photo")), ("qr", Said("二维码", "QR code"))):
        if key in table.places:
            number += 1
            yield ContentRow(number, said, required=False, place=table.places[key])
