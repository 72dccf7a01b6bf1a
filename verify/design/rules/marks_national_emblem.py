"""A possible national emblem (国徽)."""

from certgen.errors import Said
from verify.design import clauses
from verify.design.finding import Kind
from verify.design.marks_check import check
from verify.design.rule import Rule

RULE = Rule(
    id="marks/national-emblem",
    said=Said("国徽", "national emblem"),
    clause=clauses.MARKS,
    kind=Kind.ERROR,
    looks_at=Said(
        "红色或金色、近圆形而用途不明的图形（请说明）；与审查人员提供的国徽图案相同的图形（不符合）",
        "red or gold, nearly round and unexplained: review; the same as a picture in the reviewer's folder: error",
    ),
    passes=Said(
        "能说明用途的图形：照片、二维码、印章、边框、线条；扫描件的页面本身",
        "graphics that a role explains: photo, QR code, seal, border, lines; the page of a scan itself",
    ),
    decided_by="picture",
    check=check,
    remedy=Said(
        "不得出现国徽；确为其他图形的，请说明",
        "no emblem may be there; if it is something else, explain",
    ),
    sign_off=False,
)
