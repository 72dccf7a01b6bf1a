"""What a photograph of a calibration target showed: the verifier's side reads it, the issuer's concludes."""

from collections.abc import Mapping
from dataclasses import dataclass

from certgen.exchange.calibration_target import Target
from certgen.model.page import Mm

EDGES = ("left", "top", "right", "bottom")
"""The sides of the sheet as it lies before the reader, text upright."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where the paper's edges lie in the millimetres of the target, as it was asked for."""

    target: Target
    edges: Mapping[
        str, tuple[tuple[Mm, Mm], ...]
    ]  # by name of `EDGES`: places along each, in order
    misfit: Mm  # root mean square of what the discs still miss
    per_mm: float  # pixels of the picture a millimetre, where it has fewest
