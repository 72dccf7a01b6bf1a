"""The pre-flight: nothing in our own print files, and each planted fault under its name and on its page."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from certgen.errors import InputError
from certgen.exchange.agency import PrintStandard
from certgen.model.finding import Severity
from certgen.render.paper import PrintFile
from certgen.render.press import Press
from tests.render.builders import MADE, Form, a_portrait, a_record, an_agency, draw_seals, run
from tests.render.other_forms import the_other_forms
from verify.preflight.check import preflight
from verify.preflight.profile import Standard

PRESSES = {"x1a": Press(), "x4": Press(PrintStandard.X4, "Custom", b"")}


def profile() -> bytes:
    """The head of an ICC profile of a CMYK output device: all that a pre-flight reads of it."""
    head = bytearray(128)
    head[12:16], head[16:20], head[36:40] = b"prtr", b"CMYK", b"acsp"
    return bytes(head)


def made(form: Form, press: Press) -> bytes:
    file = io.BytesIO()
    pdf = PrintFile(file, "样例", MADE, press)
    plan = form.plan(signed=False)
    for record in form.records:
        pdf.add(plan, form.composer, record, form.code, a_portrait())
    pdf.finish()
    return file.getvalue()


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A sound file of each standard: two pages, seals printed, so that everything that can be wrong is there."""
    seals = draw_seals(tmp_path_factory.mktemp("seals"))
    form = Form(an_agency(seals, print_seals=True), None, (a_record(), a_record(name="乙二")))
    x4 = Press(PrintStandard.X4, "Custom", profile())
    return {"x1a": made(form, Press()), "x4": made(form, x4)}


@pytest.mark.parametrize("standard", ["x1a", "x4"])
def test_our_own_files_have_nothing_to_report(
    standard: str, sound: dict[str, bytes], tmp_path: Path
) -> None:
    path = tmp_path / "print-1.pdf"
    path.write_bytes(sound[standard])
    assert preflight(path) == ()
    assert preflight(path, Standard(standard)) == ()


def test_the_other_forms_have_nothing_to_report_but_a_small_photo(tmp_path: Path) -> None:
    for name, form in the_other_forms(draw_seals(tmp_path / "seals")).items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(made(form, Press()))
        errors = [f.code for f in preflight(path) if f.severity is Severity.ERROR]
        assert errors == [], name


def page(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[1]


def painted(pdf: pikepdf.Pdf, content: bytes) -> None:
    """Content added behind the second page's own."""
    page(pdf).contents_add(pdf.make_stream(content), prepend=False)


def picture(pdf: pikepdf.Pdf, **changes: Any) -> None:
    """A picture of one inch drawn on the second page."""
    facts: dict[str, Any] = {
        "/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 300, "/Height": 300,
        "/ColorSpace": Name.DeviceCMYK, "/BitsPerComponent": 8,
    }  # fmt: skip
    facts |= {f"/{key}": value for key, value in changes.items()}
    size = int(facts["/Width"]) * int(facts["/Height"]) * 4
    image = pdf.make_stream(bytes(size), **{key[1:]: value for key, value in facts.items()})
    page(pdf).obj.Resources.XObject["/Planted"] = image
    painted(pdf, b"q 72 0 0 72 100 100 cm /Planted Do Q")


def state(pdf: pikepdf.Pdf, **entries: Any) -> None:
    page(pdf).obj.Resources.ExtGState["/Planted"] = Dictionary(**entries)


def font(pdf: pikepdf.Pdf) -> None:
    plain = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page(pdf).obj.Resources.Font["/Planted"] = plain


def intent(pdf: pikepdf.Pdf) -> Any:
    return pdf.Root.OutputIntents[0]


def set_key(path: str, value: Any) -> Callable[[pikepdf.Pdf], None]:
    def plant(pdf: pikepdf.Pdf) -> None:
        page(pdf).obj[path] = value

    return plant


def root_key(path: str, value: Any) -> Callable[[pikepdf.Pdf], None]:
    def plant(pdf: pikepdf.Pdf) -> None:
        pdf.Root[path] = value

    return plant


def paint(content: bytes) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: painted(pdf, content)


def drop(holder: Callable[[pikepdf.Pdf], Any], key: str) -> Callable[[pikepdf.Pdf], None]:
    def plant(pdf: pikepdf.Pdf) -> None:
        del holder(pdf)[key]

    return plant


def white_over(pdf: pikepdf.Pdf) -> None:
    state(pdf, op=True, OPM=1)
    painted(pdf, b"q /Planted gs 0 0 0 0 k 10 10 50 50 re f Q")


def spot(pdf: pikepdf.Pdf) -> None:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 1, 1, 0], N=1)
    space = Array([Name.Separation, Name("/PANTONE 185"), Name.DeviceCMYK, tint])
    page(pdf).obj.Resources.ColorSpace = Dictionary(Spot=space)
    painted(pdf, b"/Spot cs 1 scn 10 10 50 50 re f")


RGB_GROUP = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
ANNOTATION = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 10, 10])

# fault, standard it is planted in, code, whether it is about the second page
PLANTED: dict[str, tuple[Callable[[pikepdf.Pdf], None], str, str, bool]] = {
    "page group of RGB": (set_key("/Group", RGB_GROUP), "x4", "page-group", True),
    "page group without a space": (
        set_key("/Group", Dictionary(S=Name.Transparency)), "x4", "page-group", True,
    ),
    "transparency group in X-1a": (set_key("/Group", RGB_GROUP), "x1a", "page-group", True),
    "font not embedded": (font, "x1a", "font-not-embedded", True),
    "no TrimBox": (drop(lambda pdf: page(pdf).obj, "/TrimBox"), "x1a", "no-trim-box", True),
    "no BleedBox": (drop(lambda pdf: page(pdf).obj, "/BleedBox"), "x1a", "no-bleed-box", True),
    "bleed beyond the paper": (
        set_key("/BleedBox", Array([-9, 0, 2000, 600])), "x1a", "boxes-not-nested", True,
    ),
    "bleed of a hair": (
        lambda pdf: page(pdf).obj.__setitem__("/BleedBox", page(pdf).obj.TrimBox), "x1a", "small-bleed", True,
    ),
    "page turned": (set_key("/Rotate", 90), "x1a", "turned", True),
    "LZW": (lambda pdf: picture(pdf, Filter=Name.LZWDecode), "x1a", "lzw", True),
    "low resolution": (lambda pdf: picture(pdf, Width=90, Height=90), "x1a", "low-resolution", True),
    "picture in RGB": (lambda pdf: picture(pdf, ColorSpace=Name.DeviceRGB), "x1a", "picture-colour", True),
    "soft mask": (
        lambda pdf: picture(pdf, SMask=pdf.make_stream(b"", Subtype=Name.Image)), "x1a", "transparency", True,
    ),
    "JPEG 2000": (lambda pdf: picture(pdf, Filter=Name.JPXDecode), "x1a", "compression", True),
    "blend mode": (lambda pdf: state(pdf, BM=Name.Multiply), "x1a", "transparency", True),
    "half opaque": (lambda pdf: state(pdf, ca=0.5), "x1a", "transparency", True),
    "transfer curve": (lambda pdf: state(pdf, TR=Name.Identity), "x1a", "transfer-curve", True),
    "four-colour black text": (
        paint(b"BT 0.6 0.5 0.5 1 k /F0 12 Tf 10 10 Td <0001> Tj ET"), "x1a", "rich-black-text", True,
    ),
    "text in RGB": (paint(b"BT 0 0 0 rg /F0 12 Tf 10 10 Td <0001> Tj ET"), "x1a", "rgb", True),
    "too much ink": (paint(b"1 1 1 1 k 10 10 50 50 re f"), "x1a", "total-ink", True),
    "hairline": (paint(b"0.05 w 10 10 m 90 10 l S"), "x1a", "hairline", True),
    "hairline by scale": (paint(b"q 0.01 0 0 0.01 0 0 cm 5 w 10 10 m 90 10 l S Q"), "x1a", "hairline", True),
    "white overprint": (white_over, "x1a", "white-overprint", True),
    "spot colour": (spot, "x1a", "spot-colour", True),
    "annotation": (set_key("/Annots", Array([ANNOTATION])), "x1a", "annotation", True),
    "drawn and not there": (paint(b"/Nothing Do"), "x1a", "missing-picture", True),
    "JavaScript": (
        root_key("/Names", Dictionary(JavaScript=Dictionary())), "x1a", "javascript", False,
    ),
    "attachment": (root_key("/Names", Dictionary(EmbeddedFiles=Dictionary())), "x1a", "attachment", False),
    "open action": (root_key("/OpenAction", Array([])), "x1a", "action", False),
    "form": (root_key("/AcroForm", Dictionary(Fields=[])), "x1a", "form", False),
    "layers": (root_key("/OCProperties", Dictionary()), "x1a", "layers", False),
    "no output intent": (drop(lambda pdf: pdf.Root, "/OutputIntents"), "x1a", "output-intent", False),
    "unknown condition": (
        lambda pdf: intent(pdf).__setitem__("/OutputConditionIdentifier", String("Ours")), "x1a",
        "output-condition", False,
    ),
    "X-4 without a profile": (drop(intent, "/DestOutputProfile"), "x4", "output-condition", False),
    "profile of a screen": (
        lambda pdf: intent(pdf).__setitem__("/DestOutputProfile", pdf.make_stream(bytes(128), N=3)), "x4",
        "icc-profile", False,
    ),
    "trapped unknown": (
        lambda pdf: pdf.docinfo.__setitem__("/Trapped", Name.Unknown), "x1a", "trapped", False,
    ),
    "no title": (drop(lambda pdf: pdf.docinfo, "/Title"), "x1a", "no-information", False),
    "declared as another": (
        lambda pdf: pdf.docinfo.__setitem__("/GTS_PDFXVersion", String("PDF/X-3:2003")), "x1a",
        "other-standard", False,
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found_under_its_name_and_on_its_page(
    fault: str, sound: dict[str, bytes], tmp_path: Path
) -> None:
    plant, standard, code, on_page = PLANTED[fault]
    path = tmp_path / "print-1.pdf"
    with pikepdf.open(io.BytesIO(sound[standard])) as pdf:
        plant(pdf)
        options = {
            "force_version": pdf.pdf_version,
            "object_stream_mode": pikepdf.ObjectStreamMode.disable,
        }
        pdf.save(path, fix_metadata_version=False, **options)
    told = [
        (f.code.removeprefix("preflight/"), f.place.file)
        for f in preflight(path, Standard(standard))
    ]
    assert (code, "print-1.pdf#page=2" if on_page else "print-1.pdf") in told
    assert len({one for one, _ in told}) == 1, told


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        (
            {"force_version": "1.7", "object_stream_mode": pikepdf.ObjectStreamMode.disable},
            {"version"},
        ),
        ({"object_stream_mode": pikepdf.ObjectStreamMode.generate}, {"version", "object-streams"}),
    ],
    ids=["a later version", "object streams"],
)
def test_a_newer_pdf_than_the_standard_is_found(
    options: dict[str, Any], codes: set[str], sound: dict[str, bytes], tmp_path: Path
) -> None:
    path = tmp_path / "new.pdf"
    with pikepdf.open(io.BytesIO(sound["x1a"])) as pdf:
        pdf.save(path, **options)
    assert {f.code.removeprefix("preflight/") for f in preflight(path)} == codes


def test_a_file_with_a_password_is_refused_with_advice(
    sound: dict[str, bytes], tmp_path: Path
) -> None:
    path = tmp_path / "locked.pdf"
    with pikepdf.open(io.BytesIO(sound["x1a"])) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(InputError, match="password"):
        preflight(path)


@pytest.mark.parametrize("data", [b"", b"no PDF", b"%PDF-1.4\n%%EOF"])
def test_what_is_no_pdf_is_a_sentence(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(data)
    with pytest.raises(InputError, match="cannot be read"):
        preflight(path)


def test_text_stands_on_the_black_plate_alone(tmp_path: Path) -> None:
    """Ghostscript separates the page: the three colours are there only where photo and seal are."""
    path = tmp_path / "print.pdf"
    form = Form(an_agency(draw_seals(tmp_path / "seals")), None, (a_record(),))
    file = io.BytesIO()
    pdf = PrintFile(file, "样例", MADE)
    pdf.add(form.plan(signed=False), form.composer, form.record, form.code, None)
    pdf.finish()
    path.write_bytes(file.getvalue())
    done = run(["gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-o", "-", "-sDEVICE=inkcov", path])
    assert done.returncode == 0, done.stderr
    cyan, magenta, yellow, black = map(float, done.stdout.split()[:4])
    assert (cyan, magenta, yellow) == (0, 0, 0)
    assert black > 0.005


def test_a_seal_is_printed_over_text_that_stays_black(sound: dict[str, bytes]) -> None:
    """Under the stencil of X-1a the text is not knocked out: the seal overprints."""
    with pikepdf.open(io.BytesIO(sound["x1a"])) as pdf:
        states = pdf.pages[0].obj.Resources.ExtGState
        assert {str(key) for key in states} == {"/Over"}
        assert bool(states.Over.op)
        assert int(states.Over.OPM) == 1
        masks = [
            item for item in pdf.pages[0].obj.Resources.XObject.values() if "/ImageMask" in item
        ]
    assert len(masks) == 1
