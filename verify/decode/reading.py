"""What came of reading a picture: the texts found, which of them counts, and if none does, why."""

from dataclasses import dataclass, field
from enum import StrEnum

from certgen.errors import Said

Corners = tuple[tuple[float, float], ...]
"""Four points (x, y) in pixels of the upright picture, in order around the symbol; () where unknown."""


@dataclass(frozen=True, slots=True)
class Found:
    """One text that some stage read. Only an accepted one may be believed to be a certificate's."""

    text: str
    corners: Corners
    stage: str  # what read it: 'zxing', 'zbar', 'region/grey/equalizer', …
    ms: float  # since reading began
    accepted: bool


class Reason(StrEnum):
    """Why nothing was read, as well as can be told. Permanent: never renamed."""

    NO_CODE = "no-code"
    FEW_PIXELS = "few-pixels"
    BLURRED = "blurred"
    MOTION = "motion"
    GLARE = "glare"
    DARK = "dark"
    CUT_OFF = "cut-off"
    SQUEEZED = "squeezed"
    OTHER_CODE = "other-code"
    DAMAGED = "damaged"
    OUT_OF_TIME = "out-of-time"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One reason, and what to do about it."""

    reason: Reason
    said: Said


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that is known about the codes of one picture."""

    text: str | None  # the first accepted text
    found: tuple[Found, ...]  # accepted or not, each text once, in the order they were found
    diagnoses: tuple[Diagnosis, ...] = ()  # the likeliest first; () where `text` is not None
    notes: tuple[Said, ...] = ()  # stages that could not run, and why
    size: tuple[int, int] = (0, 0)  # pixels of the upright picture
    page: int = 1  # of the file, from 1
    ms: float = 0.0  # for the whole reading
    stages: tuple[str, ...] = field(default=())  # those that ran, in order

    @property
    def stage(self) -> str:
        """The stage that read `text`; '' where nothing was read."""
        return next((found.stage for found in self.found if found.accepted), "")
