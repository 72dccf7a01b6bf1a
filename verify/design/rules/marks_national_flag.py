"""A possible national flag (国旗)."""

from certgen.errors import Said
from verify.design import clauses
from verify.design.finding import Kind
from verify.design.marks_check import check
from verify.design.rule import Rule

RULE = Rule(
    id="marks/national-flag",
    said=Said("国旗", "national flag"),
    clause=clauses.ASSOCIATION,
    kind=Kind.ERROR,
    looks_at=Said(
        "红底黄色、约 3:2 的矩形图形",
        "red and yellow rectangles of about 3:2",
    ),
    passes=Said(
        "能说明用途的图形：照片、二维码、印章、边框、线条；扫描件的页面本身",
        "graphics that a role explains: photo, QR code, seal, border, lines; the page of a scan itself",
    ),
    decided_by="picture",
    check=check,
    remedy=Said(
        "不得出现国旗；确为其他图形的，请说明",
        "no flag may be there; if it is something else, explain",
    ),
)
