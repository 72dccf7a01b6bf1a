"""An embossed seal (钢印) on the photo that says something else than the seal."""

from collections.abc import Iterator

from certgen.errors import Said
from verify.design import clauses
from verify.design.case import Case
from verify.design.finding import Finding, Kind
from verify.design.graphics import is_photo
from verify.design.rule import Rule, in_text
from verify.design.rules.title_other_title import close


def _check(rule: Rule, case: Case) -> Iterator[Finding]:
    photos = [graphic for graphic in case.design.graphics if is_photo(graphic, case)]
    on_photo = []
    elsewhere = set()
    for part in case.parts.seals:
        box = part.text.box
        over = box and any(
            box.overlap(p.box.grown(1)) > 0 and p.page == part.text.page for p in photos
        )
        if over or part.text.role == "seal.embossed":
            on_photo.append(part)
        else:
            elsewhere.add(close(part.written))
    for part in on_photo:
        if elsewhere and close(part.written) not in elsewhere:
            yield rule.finding(
                Said(
                    f"钢印文字“{part.written.strip()}”与印章不一致",
                    f"the embossed seal says {part.written.strip()}, the seal does not",
                ),
                in_text(part.text, part.start, part.end),
            )


RULE = Rule(
    id="seal/embossed-text",
    said=Said("钢印与印章不一致", "embossed seal unlike the seal"),
    clause=clauses.EMBOSSED,
    kind=Kind.ERROR,
    looks_at=Said(
        "压在照片上的环形文字，与其他印章比较", "round text on the photo, against the other seals"
    ),
    passes=Said(
        "没有钢印（可加盖）；没有其他印章可比",
        "no embossed seal (可加盖); no other seal to compare with",
    ),
    decided_by="text, geometry",
    check=_check,
    remedy=Said("钢印内容与印章一致", "make both say the same"),
)
