"""A graphic that no role explains, perhaps the logo (标识) of somebody else."""

from certgen.errors import Said
from verify.design import clauses
from verify.design.finding import Kind
from verify.design.marks_check import check
from verify.design.rule import Rule

RULE = Rule(
    id="marks/undeclared-graphic",
    said=Said("用途不明的图形", "graphic that nothing explains"),
    clause=clauses.OTHER_LOGO,
    kind=Kind.REVIEW,
    looks_at=Said(
        "没有任何用途可以解释的图片和图形；本机构以外的标识不得出现",
        "pictures and drawings that no role explains; logos but the agency's own are barred",
    ),
    passes=Said(
        "能说明用途的图形：照片、二维码、印章、边框、线条；扫描件的页面本身",
        "graphics that a role explains: photo, QR code, seal, border, lines; the page of a scan itself",
    ),
    decided_by="picture",
    check=check,
    remedy=Said(
        "请说明是什么；是本机构标识的注明，其他标识删去",
        "say what it is; any logo but the agency's own goes",
    ),
)
