"""Agency and branch sign one certificate (样式二): both seals at their places, each signature as the standard asks."""

import json
import re
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from PIL import Image, ImageChops
from pyhanko.pdf_utils.reader import PdfFileReader

from certgen.errors import SigningError
from certgen.render import plan_file
from certgen.render.signature import Signing
from certgen.render.stamp import Stamped, Stamper
from certgen.sign.cms import Signer
from tests.render.builders import (
    CODE,
    MADE,
    Form,
    a_key,
    a_portrait,
    pdfbox_codes,
    run,
    squeezed,
)
from verify.fault import Fault
from verify.pades import check_pades
from verify.pdf_signature import Signatures, check_signatures

LATER = Signing.BRANCH_LATER
REFUSALS = (Fault, pikepdf.PdfError, ValueError, TypeError, AttributeError)
"""How a check ends that does not pass: the self-check makes a finding of each."""


@pytest.fixture(scope="module")
def form(forms: dict[str, Form]) -> Form:
    return forms["style-2-everything"]


@pytest.fixture(scope="module")
def branch() -> Signer:
    return Signer(a_key("RSA-2048"))


def stamped(form: Form, *signers: Signer, signing: Signing = Signing.BOTH) -> Stamped:
    plan = plan_file.from_bytes(plan_file.to_bytes(form.plan(signing=signing)))
    return Stamper(plan, form.composer, *signers).stamp(form.record, CODE, a_portrait(), MADE)


@pytest.fixture(scope="module")
def both(form: Form, signer: Signer, branch: Signer) -> bytes:
    return stamped(form, signer, branch).data


@pytest.fixture(scope="module")
def later(form: Form, signer: Signer) -> bytes:
    return stamped(form, signer, signing=LATER).data


@pytest.fixture(params=["both", "later"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    made = tmp_path / f"{request.param}.pdf"
    made.write_bytes(request.getfixturevalue(request.param))
    return made


@pytest.fixture
def pdf(path: Path) -> Iterator[Any]:
    with pikepdf.open(path) as file:
        assert file.get_warnings() == []
        yield file


def first_revision(data: bytes) -> bytes:
    return data[: data.index(b"%%EOF\n") + 6]


def test_the_quick_check_and_pyhanko_accept_both_signatures(
    both: bytes, signer: Signer, branch: Signer
) -> None:
    expected = Signatures(signer.certificate_sha256, branch.certificate_sha256)
    with pikepdf.open(BytesIO(both)) as file:
        check_signatures(both, file, expected)
    check_pades(both, 2, stamped=False, archived=False)


def test_a_file_that_waits_for_the_branch_is_certified_and_its_field_is_empty(
    later: bytes, signer: Signer
) -> None:
    expected = Signatures(signer.certificate_sha256, awaits_branch=True)
    with pikepdf.open(BytesIO(later)) as file:
        check_signatures(later, file, expected)
    check_pades(later, 1, stamped=False, archived=False)


def test_both_fields_exist_before_the_first_signature(both: bytes) -> None:
    with pikepdf.open(BytesIO(first_revision(both))) as file:
        agency, second = file.Root.AcroForm.Fields
        assert (str(agency.T), str(second.T)) == ("AgencySeal", "BranchSeal")
        assert "/V" in agency
        assert "/V" not in second
        assert second.Lock.Action == "/All"
        assert second.Lock.P == 1


def test_the_agency_certifies_and_allows_signing_alone_and_the_branch_locks_the_rest(
    both: bytes,
) -> None:
    with pikepdf.open(BytesIO(both)) as file:
        agency, second = (field.V for field in file.Root.AcroForm.Fields)
        (docmdp,) = agency.Reference
        (fieldmdp,) = second.Reference
        assert file.Root.Perms.DocMDP.objgen == agency.objgen
        assert docmdp.TransformMethod == "/DocMDP"
        assert docmdp.TransformParams.P == 2
        assert fieldmdp.TransformMethod == "/FieldMDP"
        assert fieldmdp.TransformParams.Action == "/All"


def test_alone_the_agency_allows_no_change(form: Form, signer: Signer) -> None:
    data = stamped(form, signer, signing=Signing.AGENCY).data
    with pikepdf.open(BytesIO(data)) as file:
        (field,) = file.Root.AcroForm.Fields
        assert field.V.Reference[0].TransformParams.P == 1


def test_the_second_revision_writes_the_branchs_field_and_its_value_and_nothing_else(
    both: bytes,
) -> None:
    added = both[len(first_revision(both)) :]
    with pikepdf.open(BytesIO(both)) as file:
        field = file.Root.AcroForm.Fields[1]
        wanted = {field.objgen[0], field.V.objgen[0]}
    assert {int(n) for n in re.findall(rb"^([0-9]+) 0 obj$", added, re.MULTILINE)} == wanted
    assert added.endswith(b"%%EOF\n")


def test_seals_stand_where_the_layout_puts_them(pdf: Any, form: Form) -> None:
    boxes = [[float(x) / 72 * 25.4 for x in field.Rect] for field in pdf.Root.AcroForm.Fields]
    height = form.composer.layout.height
    for box, owner in zip(boxes, ("agency", "branch"), strict=True):
        (slot,) = (one for one in form.composer.layout.seals if one.owner == owner)
        assert (box[0] + box[2]) / 2 == pytest.approx(slot.x, abs=0.01)
        assert height - (box[1] + box[3]) / 2 == pytest.approx(slot.y, abs=0.01)


def red_pixels(path: Path, folder: Path, engine: str, box: tuple[float, float, float]) -> int:
    """How many pixels around (x, y) in mm, `size` to each side, have the colour of a seal.

    MuPDF draws an orange flag of its own over a field that waits: that is none.
    """
    out = folder / f"{engine}.png"
    if engine == "mutool":
        run(["mutool", "draw", "-r", "72", "-o", out, path, "1"])
    else:
        run(["pdftoppm", "-r", "72", "-png", "-singlefile", path, out.with_suffix("")])
    x, y, size = (value / 25.4 * 72 for value in box)
    with Image.open(out) as page:
        crop = page.convert("RGB").crop(
            (int(x - size), int(y - size), int(x + size), int(y + size))
        )
        red, green, _ = crop.split()
        ink = ImageChops.multiply(
            red.point(lambda value: 255 * (value > 100)),
            green.point(lambda value: 255 * (value < 60)),
        )
        return ink.histogram()[255]


@pytest.mark.parametrize("engine", ["mutool", "poppler"])
def test_two_engines_draw_both_seals_of_a_finished_file_and_one_of_a_waiting_file(
    both: bytes, later: bytes, form: Form, tmp_path: Path, engine: str
) -> None:
    drawn = {}
    for name, data in (("both", both), ("later", later)):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(data)
        drawn[name] = [
            red_pixels(path, tmp_path, engine, (seal.x, seal.y, 21))
            for seal in form.composer.layout.seals
        ]
    assert min(*drawn["both"], drawn["later"][0]) > 500
    assert drawn["later"][1] == 0


def test_a_waiting_file_does_not_carry_the_branchs_seal(both: bytes, later: bytes) -> None:
    """The picture of a seal is not given away before its owner signs."""
    with pikepdf.open(BytesIO(both)) as file, pikepdf.open(BytesIO(later)) as waiting:
        images, fewer = (
            sum(
                item.get("/Subtype") == "/Image"
                for item in one.objects
                if isinstance(item, pikepdf.Stream)
            )
            for one in (file, waiting)
        )
    assert images - fewer == 2  # the picture and its mask


def test_qpdf_mupdf_and_poppler_find_no_fault(path: Path) -> None:
    done = run(["qpdf", "--check", path])
    assert (done.returncode, done.stderr) == (0, "")
    done = run(["mutool", "draw", "-r", "30", "-F", "png", "-o", "/dev/null", path, "1"])
    said = [line for line in done.stderr.splitlines() if re.match("error", line)]
    assert (done.returncode, said) == (0, [])
    done = run(["pdftotext", path, "-"])
    assert done.stderr == ""
    assert CODE in squeezed(done.stdout)


def test_poppler_and_mupdf_agree_that_both_signatures_hold(both: bytes, tmp_path: Path) -> None:
    path = tmp_path / "both.pdf"
    path.write_bytes(both)
    assert run(["pdfsig", "-nocert", path]).stdout.count("Signature is Valid") == 2
    said = run(["mutool", "sign", "-v", path]).stdout
    assert "The signature is valid but there have been edits since signing" in said
    assert "The document is unchanged since signing" in said


def test_the_file_stays_pdf_a(path: Path, pdf: Any) -> None:
    assert pdfbox_codes(path) == set()
    for annotation in pdf.pages[0].Annots:
        assert annotation.F == 4 + 128
        assert annotation.AP.keys() == {"/N"}
        assert annotation.AP.N.Subtype == "/Form"


def test_the_same_row_gives_the_same_bytes_again(
    form: Form, signer: Signer, branch: Signer
) -> None:
    first, again = stamped(form, signer, branch), stamped(form, signer, branch)
    assert (first.data, first.sha256()) == (again.data, again.sha256())
    assert first.size == len(first.data)


def test_the_digest_told_is_that_of_the_file(form: Form, signer: Signer, branch: Signer) -> None:
    for signing in (Signing.BOTH, LATER, Signing.AGENCY):
        made = stamped(form, signer, branch, signing=signing)
        assert made.sha256() == sha256(made.data).hexdigest()


def test_without_the_branchs_key_a_form_that_needs_it_is_not_stamped(
    form: Form, signer: Signer
) -> None:
    with pytest.raises(SigningError, match="branch"):
        stamped(form, signer)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(lambda b: b.replace(b"/P 2/V/1.2", b"/P 3/V/1.2"), id="remarks allowed"),
        pytest.param(lambda b: b.replace(b"/FieldMDP", b"/FieldMDQ"), id="no lock"),
        pytest.param(first_revision, id="the branch's revision cut off"),
        pytest.param(lambda b: b + first_revision(b)[-40:], id="something behind"),
        pytest.param(
            lambda b: b.replace(b"/F 132/Rect[", b"/F 132/Rect ["), id="another field in between"
        ),
    ],
)
def test_the_quick_check_refuses_what_was_changed(
    both: bytes, signer: Signer, branch: Signer, changed: Any
) -> None:
    data = changed(both)
    assert data != both
    expected = Signatures(signer.certificate_sha256, branch.certificate_sha256)
    with pytest.raises(REFUSALS):
        checked(data, expected)


def test_no_byte_of_the_second_revision_can_change(
    both: bytes, signer: Signer, branch: Signer
) -> None:
    expected = Signatures(signer.certificate_sha256, branch.certificate_sha256)
    start = len(first_revision(both))
    root = a_key("RSA-2048").chain[-1].public_bytes(Encoding.DER).hex().encode()
    spared = range(
        both.index(root), both.index(root) + len(root)
    )  # nothing vouches for the topmost
    for position in set(range(start, len(both), 7)) - set(spared):
        data = bytearray(both)
        data[position] ^= 1 << position % 8
        with pytest.raises(REFUSALS):
            checked(bytes(data), expected)


def checked(data: bytes, expected: Signatures) -> None:
    with pikepdf.open(BytesIO(data), attempt_recovery=False) as file:
        check_signatures(data, file, expected)


def test_pyhanko_sees_what_the_branch_may_not_do(both: bytes) -> None:
    """The branch's lock and the certification stand in the file as pyHanko reads them."""
    reader = PdfFileReader(BytesIO(both), strict=True)
    agency, second = reader.embedded_regular_signatures
    assert agency.docmdp_level.value == 2
    assert second.fieldmdp.action.value == "/All"


def test_a_plan_of_the_first_format_still_stamps_the_same(form: Form, signer: Signer) -> None:
    """A register may hold plans from before there were two signatures."""
    made = plan_file.to_bytes(form.plan(signing=Signing.AGENCY))
    with zipfile.ZipFile(BytesIO(made)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    about = json.loads(parts["plan.json"])
    facts = about["electronic"]
    (seal,) = facts.pop("fields")
    del facts["catalog"], about["signing"]
    facts |= {"seal_box": seal["box"], "appearance": seal["appearance"]}
    parts["plan.json"] = json.dumps(about | {"format": 1, "signed": True}).encode()
    old = BytesIO()
    with zipfile.ZipFile(old, "w") as file:
        for name, part in parts.items():
            file.writestr(name, part)
    plan = plan_file.from_bytes(old.getvalue())
    again = Stamper(plan, form.composer, signer).stamp(form.record, CODE, a_portrait(), MADE)
    assert again.data == stamped(form, signer, signing=Signing.AGENCY).data


def test_a_branch_without_a_key_stays_a_picture(forms: dict[str, Form], signer: Signer) -> None:
    data = stamped(forms["style-2"], signer, signing=Signing.AGENCY).data
    with pikepdf.open(BytesIO(data)) as file:
        assert "/SealBranch" in file.pages[0].Resources.XObject
        assert len(file.Root.AcroForm.Fields) == 1
