"""pyHanko: signs a finished file of the baseline as its documentation shows, P-256, visible seal.

Only the signature is timed here: the file it signs was made in `setup`. The signer, the key and the
seal's picture are loaded once; every file is opened, given one certification signature with a seal
as its appearance, and written again.
"""

import logging
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, SimpleBoxLayoutRule
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.stamp import StaticStampStyle

from bench.baseline import RIGHT_AXIS, SEAL_MM, Certificate
from bench.data import PASSPHRASE, Material
from bench.peers import naive
from bench.peers.engine import RenderOne

MM = 72 / 25.4  # points
# It warns, at every signature, that 119.00000000000001 points are more than 119.
logging.getLogger("pyhanko.pdf_utils.layout").setLevel(logging.ERROR)


class Unsigned(NamedTuple):
    """A certificate of the baseline and what signs it."""

    file: Path
    signer: PdfSigner


def setup(material: Material) -> RenderOne:
    """Make the file to sign, open the key, load the seal."""
    file = material.folder / "unsigned.pdf"
    naive.setup(material)(material.records[0], material.photos[0], file)
    key = SimpleSigner.load_pkcs12(  # type: ignore[no-untyped-call]  # pyHanko leaves it untyped
        str(material.key), passphrase=PASSPHRASE.encode()
    )
    middle = AxisAlignment.ALIGN_MID
    seal = StaticStampStyle(
        border_width=0,
        background=PdfImage(str(material.seals.branch)),
        background_opacity=1,
        background_layout=SimpleBoxLayoutRule(x_align=middle, y_align=middle),
    )
    signer = PdfSigner(_metadata(), key, stamp_style=seal, new_field_spec=_field())
    return partial(render_one, Unsigned(file, signer))


def render_one(unsigned: Unsigned, _record: Certificate, _photo: Path, out: Path) -> None:
    """Sign the file again; which certificate it is makes no difference to the work."""
    with unsigned.file.open("rb") as source, out.open("w+b") as target:
        unsigned.signer.sign_pdf(IncrementalPdfFileWriter(source), output=target)


def _metadata() -> PdfSignatureMetadata:
    return PdfSignatureMetadata(
        field_name="branch",
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
    )


def _field() -> SigFieldSpec:
    """Where the branch's seal stands, in points from the bottom left."""
    left, top = RIGHT_AXIS - SEAL_MM / 2, 169 - SEAL_MM / 2
    corners = (left, 210 - top - SEAL_MM, left + SEAL_MM, 210 - top)
    x0, y0, x1, y1 = (round(corner * MM) for corner in corners)
    return SigFieldSpec("branch", on_page=0, box=(x0, y0, x1, y1))
