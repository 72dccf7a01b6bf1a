"""`certgen stock` as a clerk meets it, from the scan to the proof; and the sheets of what is in the register."""

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from click.testing import CliRunner, Result
from office import MAIN, NOW, Office
from PIL import Image

from certgen import api
from certgen.cli import main
from certgen.exchange import agency_file
from certgen.issuing.electronic import portrait_of
from certgen.issuing.forms import Forms
from certgen.registry.register import Register
from certgen.render.overprint import SheetsFile
from certgen.stock import reading
from certgen.stock.definition import Layer
from tests.render.builders import run, squeezed


def certgen(*arguments: object, lang: str = "en") -> Result:
    return CliRunner().invoke(main, ["--lang", lang, *map(str, arguments)])


def text_of(pdf: Path) -> str:
    done = run(["pdftotext", "-layout", pdf, "-"])
    assert done.returncode == 0, done.stderr
    return squeezed(done.stdout)


def test_from_the_scan_to_the_proof(employer: Office) -> None:
    folder = employer.folder
    stock, proof = folder / "2026.toml", folder / "proof.png"
    roster = employer.roster(MAIN[:2])

    made = certgen(
        "stock", "new", "--scan", folder / "blank.jpg", "-o", stock, "-a", employer.agency
    )
    assert made.exit_code == 3  # the dates have no line: a person looks at them
    assert made.stdout.endswith("2026.toml\n")
    assert "7 values were put onto lines" in made.stderr
    assert "issue_date.value.zh" in made.stdout

    again = certgen(
        "stock", "new", "--scan", folder / "blank.jpg", "-o", stock, "-a", employer.agency
    )
    assert again.exit_code == 2
    assert "not overwritten" in again.stderr

    checked = certgen("stock", "check", stock, lang="zh")
    assert checked.exit_code == 0
    assert "2026（职业技能等级证书样式一）：已印好 " in checked.stdout

    page = certgen("stock", "edit", stock)
    assert page.stdout == f"{folder / '2026.html'}\n"

    pdf = folder / "proof.pdf"
    common = ("stock", "proof", stock, roster, "-a", employer.agency, "-p", employer.photos)
    shown = certgen(*common, "-o", proof, "-o", pdf)
    assert shown.exit_code == 0, shown.stderr
    assert shown.stdout == f"{proof}\n{pdf}\n"
    with Image.open(proof) as picture:
        assert picture.size == (1754, 1241)
    said = text_of(pdf)
    assert MAIN[0].name in said
    assert "职业技能等级证书" not in said  # that is in the picture of the scan
    assert not employer.folder.joinpath("register.db").exists()
    (folder / "blank.png").write_bytes((folder / "blank.jpg").read_bytes())
    stock.write_text(stock.read_text("utf-8").replace("blank.jpg", "blank.png"), "utf-8")
    for name, words in (
        ("blank.png", "is the scan of the blank sheet"),
        ("roster.csv", "must end in"),
    ):
        over = certgen(*common, "-o", folder / name)
        assert over.exit_code == 2
        assert words in over.stderr


def test_each_layer_can_be_looked_at_alone(employer: Office) -> None:
    roster = employer.roster(MAIN[:1])
    texts = {}
    for layer in ("data", "static", "all"):
        path = employer.folder / f"{layer}.pdf"
        common = ("stock", "proof", employer.folder / "stock.toml", roster, "-a", employer.agency)
        assert certgen(*common, "--layer", layer, "-o", path).exit_code == 0
        texts[layer] = text_of(path)
    has = {layer: (MAIN[0].name in text, "姓名" in text) for layer, text in texts.items()}
    assert has == {"data": (True, False), "static": (False, True), "all": (True, True)}


def test_a_name_that_does_not_fit_the_sheet_is_refused_in_the_proof(employer: Office) -> None:
    path = employer.folder / "stock.toml"
    text = path.read_text("utf-8")
    start = text.index('id = "name.value"')
    narrow = text[start:].replace("x1 = ", "x1 = 212 # ", 1)
    path.write_text(text[:start] + narrow, "utf-8")
    (long, *_) = sorted(MAIN, key=lambda holder: -len(holder.name))
    employer.roster([long])
    employer.rows[0][0] = "阿依古丽努尔·阿卜杜外力伊明江"
    roster = employer.write()
    shown = certgen("stock", "proof", path, roster, "-a", employer.agency, "-o", "proof.png")
    assert shown.exit_code == 2
    assert "slot name.value overflows at the official 12 pt" in shown.stderr
    checked = certgen("stock", "check", path)
    assert "longer contents will be refused" in squeezed_lines(checked.stdout)


def squeezed_lines(text: str) -> str:
    return " ".join(text.split())


def test_the_order_for_the_shop_is_a_print_file_without_a_holder(employer: Office) -> None:
    blank, first = employer.folder / "blank.pdf", employer.folder / "order.toml"
    made = certgen("stock", "new", "-o", first, "-a", employer.agency)
    assert made.exit_code == 0, made.stderr
    assert "to order sheets by" in made.stderr
    done = certgen("stock", "order", first, "-a", employer.agency, "-o", blank)
    assert done.exit_code == 0, done.stderr
    none = certgen("stock", "check", first)
    assert (none.exit_code, "no proof can be made" in squeezed_lines(none.stdout)) == (1, True)
    assert certgen("preflight", blank).exit_code == 0
    said = text_of(blank)
    assert "职业技能等级证书" in said
    assert "样例" not in said.replace("云河样例机械制造有限公司", "")
    with pikepdf.open(blank) as pdf:
        assert len(pdf.pages) == 1
        assert "/CERTGEN_Code" not in pdf.pages[0]


def test_sheets_of_sample_2_want_a_branch(employer: Office, tmp_path: Path) -> None:
    stock = employer.folder / "branch.toml"
    text = (employer.folder / "blank.jpg").as_posix()
    none = certgen(
        "stock", "new", "--scan", text, "-o", stock, "-a", employer.agency, "--branch", "x"
    )
    assert none.exit_code == 2
    assert "no branch x" in none.stderr
    made = certgen(
        "stock", "new", "--scan", text, "-o", stock, "-a", employer.agency, "--branch", "zezhou"
    )
    assert made.exit_code == 3, made.stderr
    assert reading.load(stock).of.branch
    out = tmp_path / "blank.pdf"
    asked = certgen("stock", "order", stock, "-a", employer.agency, "-o", out)
    assert "name the branch with --branch (zezhou)" in asked.stderr
    given = certgen("stock", "order", stock, "-a", employer.agency, "-o", out, "--branch", "zezhou")
    assert given.exit_code == 0, given.stderr
    assert "泽州分公司" in text_of(out)


@pytest.mark.parametrize("command", ["new", "edit", "check", "proof", "order"])
def test_every_command_explains_itself_with_an_example(command: str) -> None:
    result = certgen("stock", command, "--help")
    assert result.exit_code == 0
    assert f"certgen stock {command}" in result.stdout.split("Example:")[1]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_bad_definition_is_told_with_its_lines(tmp_path: Path, lang: str) -> None:
    path = tmp_path / "stock.toml"
    path.write_text('format = 1\nform = "national-2021"\nwidht = 3\n', "utf-8")
    done = certgen("stock", "check", path, lang=lang)
    assert done.exit_code == 2
    assert "stock.toml:3  widht: " in done.stderr
    assert ("是否应为 width" if lang == "zh" else "did you mean width") in done.stderr


def test_what_was_issued_goes_onto_sheets_later_and_still_is_what_was_issued(
    employer: Office,
) -> None:
    employer.roster(MAIN[:2])
    account = employer.issue()
    assert account.issued == 2
    agency = agency_file.load(employer.agency)
    forms = Forms(agency, api.fonts_of(agency), agency.register.with_suffix(".plans"), signed=True)
    stock = reading.load(employer.folder / "stock.toml")
    made = io.BytesIO()
    with Register.open(agency.register, clock=lambda: NOW) as register:
        entries = list(register.entries(account.job))
        file = SheetsFile(made, "套打", NOW, stock=stock, layer=Layer.DATA)
        for number, entry in enumerate(entries, start=12001):
            form = forms.planned(entry.plan)
            file.add(
                form.plan, form.composer, entry.record, entry.code, portrait_of(entry),
                qr=entry.qr, serial=f"{number:08d}",
            )  # fmt: skip
            assert forms.reproduces(entry.plan)
    file.finish()
    document = pypdfium2.PdfDocument(made.getvalue())
    try:
        assert len(document) == 2
        for page, entry in zip(document, entries, strict=True):
            text = squeezed(page.get_textpage().get_text_range())
            assert entry.code in text
            assert entry.record.name in text
            picture = page.render(scale=200 / 72).to_pil()
            assert [code.text for code in zxingcpp.read_barcodes(picture)] == [entry.qr]
    finally:
        document.close()
