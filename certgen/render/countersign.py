"""Put the branch's signature (分支机构签名) behind the agency's, as one small revision: at once, or later elsewhere.

The field was there when the agency certified; only its value and what it shows are new. The same bytes come out
wherever it is done, if key, seal and time are the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from certgen.render import signature
from certgen.render.revision import Revision, Tail
from certgen.render.signature import Digest, SignsDigests


@dataclass(frozen=True, slots=True)
class Waiting:
    """A certified file whose field for the branch is still empty, as far as signing it asks."""

    tail: Tail
    field: int  # object number of the field
    page: int  # of its page
    box: str  # where the seal stands, in points


def countersign(
    waiting: Waiting,
    state: Digest,
    appearance: Callable[[Revision], int],
    made: datetime,
    signer: SignsDigests,
) -> tuple[bytes, Digest, Tail]:
    """What is to be appended, the digest of the whole file, and how it ends then.

    `state` has taken in the file so far. `appearance` gives the number of the form with the seal, which it may put
    into the revision.
    """
    revision = Revision(waiting.tail)
    drawn, value = appearance(revision), revision.reserve()
    field = signature.field(
        signature.BRANCH_FIELD,
        waiting.box,
        waiting.page,
        value=value,
        appearance=drawn,
        lock=True,
    )
    revision.put(waiting.field, field)
    opened = signature.opening(signature.APPROVES, made, signer.common_name)
    revision.put(value, signature.with_hole(opened, signer.size))
    start = waiting.tail.length
    more, whole = signature.fill(state, start, revision.parts, revision.end(), signer)
    return more, whole, revision.tail_behind(start + len(more))
