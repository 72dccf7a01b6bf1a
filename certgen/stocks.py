"""Pre-printed sheets (套打) for programs: a stock definition made, edited, checked, proofed and ordered.

Each function is one call of `certgen stock`.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from certgen.compose import Composer
from certgen.errors import InputError, LayoutError, Said
from certgen.exchange import agency_file
from certgen.issuing import files, previewing
from certgen.issuing.run import Order
from certgen.model.finding import Finding, Severity
from certgen.papers import fonts_of, now
from certgen.render import preview
from certgen.render.paper import PrintFile
from certgen.render.plan import Usage, make_plan
from certgen.render.press import Press
from certgen.render.signature import Signing
from certgen.standards.forms import FormId
from certgen.stock import advice, edges, editor, proposing, reading, writing
from certgen.stock.definition import FRONT, Layer, Of, Stock
from certgen.stock.edges import TAG_TOLERANCE, Found
from certgen.stock.layers import LayerOf

PROOF_DPI = 150
OURS = "<title>套打纸张定义</title>"


@dataclass(frozen=True, slots=True)
class Drafted:
    """A definition that was written from a scan: what was found, and what a person has to look at."""

    found: Found | None  # None: from the layout alone
    printed: int
    snapped: int
    findings: tuple[Finding, ...]


def new(
    scan: Path | None,
    path: Path,
    *,
    version: str,
    agency_path: Path | None = None,
    form: FormId = FormId.NATIONAL_2021,
    branch: str | None = None,
) -> Drafted:
    """Write a stock definition proposed from the scan of a blank sheet, or to order sheets by. Never overwrites.

    With an agency file its form and words are looked for on the sheet; `form` counts only without one. `branch`: the
    id of a branch, or anything without an agency file, for the sheets of sample 二.
    """
    if path.exists():
        raise InputError(
            zh=f"{path} 已存在，不会覆盖：请换一个名称，或用 certgen stock edit 修改它",
            en=f"{path} exists and is not overwritten: choose another name, or change it with certgen stock edit",
        )
    agency = agency_file.load(agency_path) if agency_path else None
    if agency and branch and branch not in agency.branches:
        raise InputError(
            zh=f"机构配置中没有分支机构 {branch}", en=f"the agency file has no branch {branch}"
        )
    of = (
        Of(agency.form, bool(branch), agency.seal_side, agency.layout_file)
        if agency
        else Of(form, bool(branch))
    )
    front = of.sides()[FRONT]
    found = edges.find(scan, (front.width, front.height)) if scan else None
    composer = Composer(agency, branch, fonts_of(agency)) if agency else None
    made = (
        proposing.propose(found, of, version, composer, path.parent)
        if found
        else proposing.from_layout(of, version, composer)
    )
    doubts = _doubts(found, made) if found else []
    text = writing.dumps(made.tree, made.remarks)
    files.replace(path.parent, {path.name: text.encode()})
    return Drafted(found, made.printed, made.snapped, (*doubts, *_refusals(path)))


def _doubts(found: Found, made: proposing.Proposed) -> list[Finding]:
    doubts: list[Finding] = []
    dpi, tag = found.scan.dpi, found.tagged_dpi
    if tag and abs(tag / dpi - 1) > TAG_TOLERANCE:
        said = Said(
            f"扫描件标明 {tag:.0f} dpi，按纸张尺寸量得 {dpi:.0f} dpi：请核对纸张尺寸，并用 100 % 扫描",
            f"the scan says {tag:.0f} dpi, the sheet measures {dpi:.0f}: look at its size, and scan at 100 %",
        )
        doubts.append(Finding("stock/dpi", Severity.REVIEW, said))
    if not found.by_edges:
        said = Said(
            "扫描件中看不出纸张四边，按整幅图片为纸张：请核对位置，或衬深色纸重新扫描",
            "no edges of the sheet are seen in the scan, so the whole picture counts as the sheet: look at the places, "
            "or scan again with dark paper behind",
        )
        doubts.append(Finding("stock/no-edges", Severity.REVIEW, said))
    if made.loose:
        said = Said(
            f"没有找到横线，按版式放置，请核对：{'、'.join(made.loose)}",
            f"no printed line was found for {', '.join(made.loose)}: they stand as in the layout, look at them",
        )
        doubts.append(Finding("stock/no-line", Severity.REVIEW, said))
    return doubts


def _refusals(path: Path) -> list[Finding]:
    """What is still wrong with the proposal, for a person to mend."""
    try:
        reading.load(path)
    except LayoutError as problem:
        return [Finding("stock/unfinished", Severity.ERROR, problem.said)]
    return []


def edit(path: Path, output: Path | None = None) -> Path:
    """Write the editing page of a definition, beside it unless told otherwise; its path."""
    stock = reading.load(path)
    page = editor.page(stock, reading.load_tree(path), path.name)
    target = output or path.with_suffix(".html")
    if target.exists() and not _is_ours(target):
        raise InputError(
            zh=f"{target} 已存在，且不是本工具的编辑页，不会覆盖：请用 -o 换一个名称",
            en=f"{target} exists and is no editing page of ours, so it is not overwritten: choose a name with -o",
        )
    files.replace(target.parent, {target.name: page.encode()})
    return target


def _is_ours(path: Path) -> bool:
    """Whether a file is an editing page that this tool wrote."""
    try:
        with path.open("rb") as file:
            return OURS in file.read(4096).decode("utf-8", "replace")
    except OSError:
        return False


def check(path: Path) -> tuple[Stock, tuple[Finding, ...]]:
    """Read a definition strictly (`LayoutError` names lines), and say what is worth a second look."""
    stock = reading.load(path)
    return stock, advice.findings(stock)


def proof(
    path: Path,
    agency_path: Path,
    roster: Path,
    outputs: Sequence[Path],
    *,
    row: int | None = None,
    sheet: str | None = None,
    photos: Path | None = None,
    layer: Layer = Layer.PROOF,
    clock: Callable[[], datetime] = now,
) -> None:
    """One layer of one row, by default its data over the scan of the blank sheet; nothing is issued.

    Each of `outputs` ends in .png (a picture) or .pdf.
    """
    stock = reading.load(path)
    for output in outputs:
        _refuse_ending(output, (".png", ".pdf"))
        if stock.scan and output.exists() and output.samefile(stock.scan.path):
            raise InputError(
                zh=f"{output} 是空白纸的扫描件，不会覆盖：请换一个名称",
                en=f"{output} is the scan of the blank sheet and is not overwritten: choose another name",
            )
    agency = agency_file.load(agency_path)
    order = Order(agency, roster, Path(), photos, sheet=sheet)
    pdf = previewing.on_sheet(order, fonts_of(agency), row, stock, layer, clock=clock)
    for output in outputs:
        is_pdf = output.suffix.lower() == ".pdf"
        files.replace(
            output.parent, {output.name: pdf if is_pdf else preview.png(pdf, dpi=PROOF_DPI)}
        )


def _refuse_ending(output: Path, endings: tuple[str, ...]) -> None:
    """A name that ends otherwise may be that of a file of another kind."""
    if output.suffix.lower() not in endings:
        raise InputError(
            zh=f"输出 {output.name} 应以 {'、'.join(endings)} 结尾",
            en=f"the output {output.name} must end in {' or '.join(endings)}",
        )


def order(
    path: Path,
    agency_path: Path,
    output: Path,
    *,
    branch: str | None = None,
    clock: Callable[[], datetime] = now,
) -> None:
    """What the print shop puts on the blank sheets, as a print PDF (see `PrintFile`); numbers are the shop's to add."""
    _refuse_ending(output, (".pdf",))
    stock = reading.load(path)
    agency = agency_file.load(agency_path)
    if stock.of.branch and branch not in agency.branches:
        known = "、".join(agency.branches) or "—"
        raise InputError(
            zh=f"此纸张用于样式二：请用 --branch 指明分支机构（{known}）",
            en=f"these sheets are for sample 二: name the branch with --branch ({known})",
        )
    fonts = fonts_of(agency)
    composer = Composer(agency, branch if stock.of.branch else None, fonts)
    layer = LayerOf(composer, branch, fonts, stock, Layer.STATIC)
    plan = make_plan(composer, branch, fonts, Usage(), Signing.NOBODY)
    made = io.BytesIO()
    file = PrintFile(made, stock.version, clock(), Press.of(agency))
    file.add_blank(plan, layer)
    file.finish()
    files.replace(output.parent, {output.name: made.getvalue()})
