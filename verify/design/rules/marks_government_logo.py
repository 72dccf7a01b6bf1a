"""A government logo (政府部门徽标) of the reviewer's own folder."""

from certgen.errors import Said
from verify.design import clauses
from verify.design.finding import Kind
from verify.design.marks_check import check
from verify.design.rule import Rule

RULE = Rule(
    id="marks/government-logo",
    said=Said("政府部门徽标", "government logo"),
    clause=clauses.MARKS,
    kind=Kind.ERROR,
    looks_at=Said(
        "与审查人员提供的徽标（--forbidden-art）相同的图形",
        "graphics that are the same as a logo of the reviewer's folder (--forbidden-art)",
    ),
    passes=Said(
        "能说明用途的图形：照片、二维码、印章、边框、线条；扫描件的页面本身",
        "graphics that a role explains: photo, QR code, seal, border, lines; the page of a scan itself",
    ),
    decided_by="picture",
    check=check,
    remedy=Said("删去徽标", "take the logo out"),
)
