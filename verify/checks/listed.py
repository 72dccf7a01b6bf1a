"""Check 208: the row of the user's own list against the certificate. A slip in a list is nobody's forgery."""

from collections.abc import Iterator

from certgen.errors import Said
from verify.checks.page import compare, shown
from verify.checks.running import Stage
from verify.claims import Channel, Field
from verify.evidence import Axis, Check, Evidence
from verify.matter import Matter
from verify.reasons import Reason

LISTED = Check(208, "list/agreement", Axis.DOCUMENT, Said("与名单一致", "agreement with the list"))

_AGAINST = (Channel.PAYLOAD, Channel.REGISTER, Channel.PDF_TEXT, Channel.OCR)


def look(matter: Matter) -> Iterator[Evidence]:
    """Every field of the row against the best channel that knows it; nothing where there is no row."""
    row = matter.claims.of(Channel.LISTED)
    agreed = 0
    for field, value in row.items():
        channel = next((c for c in _AGAINST if field in matter.claims.of(c)), None)
        if channel is None or field is Field.CODE:
            continue
        other = matter.claims.of(channel)[field]
        if compare(field, value, other).same:
            agreed += 1
            continue
        said = Said(
            f"{field.said.zh}：名单为“{shown(field, value)}”，{channel.said.zh}为“{shown(field, other)}”",
            f"{field.said.en}: list '{shown(field, value)}', {channel.said.en} '{shown(field, other)}'",
        )
        yield LISTED.failed(
            Reason.TYPED_DIFFERS,
            said,
            field=field.value,
            list=shown(field, value),
            other=shown(field, other),
        )
    if agreed:
        yield LISTED.passed(
            Said(f"与名单有 {agreed} 项一致", f"fields that agree with the list: {agreed}"),
            agreed=str(agreed),
        )


STAGES = (Stage(LISTED, look),)
