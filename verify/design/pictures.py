"""What a report and the rules about marks show or compare of a page: crops, and their fingerprints."""

from verify.design.art import fingerprint
from verify.design.design import Design, Graphic


def fingerprint_of(design: Design, graphic: Graphic) -> int | None:
    """The perceptual hash of what shows where a graphic stands; None where it cannot be drawn."""
    from verify.design.picture import crop_of  # noqa: PLC0415  (only where pictures are compared)

    picture = crop_of(design, graphic.page, graphic.box, dpi=100, margin=0.0)
    return None if picture is None else fingerprint(picture)
