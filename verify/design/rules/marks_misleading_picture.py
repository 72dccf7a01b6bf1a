"""A ground or watermark (水印) that may mislead."""

from certgen.errors import Said
from verify.design import clauses
from verify.design.finding import Kind
from verify.design.marks_check import check
from verify.design.rule import Rule

RULE = Rule(
    id="marks/misleading-picture",
    said=Said("可能误导的图案或水印", "picture or watermark that may mislead"),
    clause=clauses.RELATED,
    kind=Kind.REVIEW,
    looks_at=Said(
        "大幅的浅色图形和底图",
        "large pale graphics and grounds",
    ),
    passes=Said(
        "能说明用途的图形：照片、二维码、印章、边框、线条；扫描件的页面本身",
        "graphics that a role explains: photo, QR code, seal, border, lines; the page of a scan itself",
    ),
    decided_by="picture",
    check=check,
    remedy=Said("请说明底纹、水印的内容", "say what the ground or watermark shows"),
)
