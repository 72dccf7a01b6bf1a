"""Check 120: wording that may not stand on a certificate (禁用字样), 人社鉴发〔2021〕1号 五(二).

The filed name of the agency must be printed as filed, so a term inside it is exempt: the name is taken from the key
list or the register where one knows it, else from the body sentence of the page itself.
"""

from collections.abc import Iterator

from certgen.errors import Said
from certgen.standards import wording
from verify.checks.running import Stage
from verify.claims import Field
from verify.evidence import Axis, Check, Evidence
from verify.matter import Matter
from verify.page.lines import Line
from verify.reasons import Reason

WORDING = Check(
    120, "page/wording", Axis.GRAMMAR, Said("禁用字样", "restricted wording"), wording.CLAUSE
)


def look(matter: Matter) -> Iterator[Evidence]:
    """Every term on the page that no filed name excuses."""
    if matter.page is None or not matter.page.lines:
        yield WORDING.skipped(
            Reason.NO_TEXT, Said("没有可读的页面文字", "there is no text of the page to read")
        )
        return
    exempt = _exempt(matter)
    seen: dict[str, wording.Hit] = {}
    for line in _paragraphs(matter.page.lines):
        for hit in wording.find(line, exempt):
            if not hit.exempt_by:
                seen.setdefault(hit.term, hit)
    if not seen:
        yield WORDING.passed(Said("页面文字中没有禁用字样", "no restricted wording on the page"))
    reason = Reason.OCR_DIFFERS if matter.page.by_ocr else Reason.RESTRICTED_WORDING
    for term, hit in seen.items():
        said = Said(
            f"页面上有“{term}”，证书上不得出现，请核对",
            f"'{term}' stands on the page; it may not stand on a certificate: look again",
        )
        yield WORDING.failed(reason, said, clause=hit.clause, term=term)


def _exempt(matter: Matter) -> tuple[str, ...]:
    names = [*matter.filed_names]
    if not names:
        names = [claim.value for claim in matter.claims if claim.field is Field.AGENCY]
    return tuple(name for name in names if name)


def _paragraphs(lines: tuple[Line, ...]) -> list[str]:
    """The lines, those of one block joined: a term or a name may break at the end of a line.

    Never joined across two fields: 张建国 above 家政服务员 would read 国家.
    """
    blocks: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: one.top):
        block = next((b for b in blocks if _continues(b[-1], line)), None)
        if block is None:
            blocks.append([line])
        else:
            block.append(line)
    return ["".join(line.text for line in block) for block in blocks]


def _continues(above: Line, below: Line) -> bool:
    """Whether `below` goes on with the text of `above`: same size, next line, and `above` is a full line."""
    close = 0 < below.middle - above.middle < 1.9 * above.height
    same_size = 0.75 < below.height / max(above.height, 1e-6) < 1.33
    return close and same_size and above.right - above.left > 0.3


STAGES = (Stage(WORDING, look),)
