"""A specimen for veterans' affairs officers (退役军人事务员): the contents of sample 一, in places nobody confirmed.

退役军人部发〔2024〕35号 二(二) names title, levels and code rule and says that the ministry fixes the style
(由退役军人事务部统一证书样式), which is not public. Nothing here is official but that; the page says so itself, and is
never issued.

>>> LAYOUT.id, {slot.size_basis.official for slot in LAYOUT.texts}
('veterans-2024-unconfirmed', {False})
"""

from dataclasses import replace

from certgen.layouts import national_2021
from certgen.layouts.slots import Align, Part, TextSlot, inferred
from certgen.standards import veterans
from certgen.standards.forms import FORMS, FormId

UNKNOWN = inferred(
    f"{veterans.CLAUSE}: the ministry fixes the style and has not published it; as in 人社鉴发〔2021〕1号 附件"
)

_SAMPLE = national_2021.style_1()

_UNCONFIRMED = TextSlot(
    id="unconfirmed",
    parts=(Part("unconfirmed", "hei"),),
    size_pt=12,
    x0=14,
    x1=148.5,
    baseline=23,
    size_basis=inferred("a label of this toolkit"),
    place_basis=inferred("a label of this toolkit"),
    align=Align.CENTRE,
    bold=True,
)

LAYOUT = replace(
    _SAMPLE,
    id="veterans-2024-unconfirmed",
    title=FORMS[FormId.VETERANS_2024].title.zh,
    source=veterans.CLAUSE,
    texts=(
        _UNCONFIRMED,
        *(replace(slot, size_basis=UNKNOWN, place_basis=UNKNOWN) for slot in _SAMPLE.texts),
    ),
    rules=tuple(replace(rule, basis=UNKNOWN) for rule in _SAMPLE.rules),
    photo=replace(_SAMPLE.photo, size_basis=UNKNOWN, place_basis=UNKNOWN)
    if _SAMPLE.photo
    else None,
    qr=replace(_SAMPLE.qr, size_basis=UNKNOWN, place_basis=UNKNOWN) if _SAMPLE.qr else None,
    seals=tuple(replace(seal, place_basis=UNKNOWN) for seal in _SAMPLE.seals),
)
