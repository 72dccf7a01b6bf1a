"""Make a filing pack: draw, measure, judge, write it up, and put the folder in place.

    pack = make(agency, fonts, Path("报备材料"), day, engines)

Opens no register, no key and no connection.
"""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from certgen import __version__
from certgen.exchange.agency import Agency
from certgen.filing import cover, folder, seal_table, sections
from certgen.filing.measure_pages import span
from certgen.filing.measures import Measures, Table, tables
from certgen.filing.opinion import Lints, Opinion
from certgen.filing.pack import Pack
from certgen.filing.specimens import MARK, Specimen, midnight, refuse_withdrawn, specimens
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.fonts.report import FaceRow
from certgen.fonts.report import rows as face_rows
from certgen.model.page import TextRun
from certgen.render.bind import bind
from certgen.sheets.document import Document, Typesetter
from certgen.sheets.flow import Flow
from certgen.sign.public_halves import public_halves
from certgen.standards.forms import FORMS

PAPER = "filing-pack.pdf"
MEASURES = "measures.csv"


@dataclass(frozen=True, slots=True)
class Engines:
    """What reads the finished files: other programs than the one that wrote them."""

    measure: Measures
    lint: Lints


Watch = Callable[[int, int], None]
"""watch(done, total): before each style is judged, and once after the last."""


def make(
    agency: Agency,
    fonts: FontSet[Face],
    target: Path,
    day: date,
    engines: Engines,
    watch: Watch = lambda _done, _total: None,
) -> Pack:
    """The pack at `target`, whole. `InputError` where something else is there or the form is withdrawn."""
    refuse_withdrawn(agency.form)
    folder.refuse_foreign(target)
    made = tuple(specimens(agency, fonts, day))
    measured = tables(made, engines.measure, agency, fonts)
    contents = {specimen.file: specimen.data for specimen in made}
    contents[MEASURES] = _csv(measured)
    contents[folder.MARKER] = _marker(agency, day, made)
    pack = Pack(
        agency,
        day,
        __version__,
        made,
        measured,
        seal_table.rows(agency),
        _opinions(made, agency, engines.lint, watch),
        _faces(made, fonts),
        public_halves(agency),
        {name: hashlib.sha256(data).hexdigest() for name, data in contents.items()},
    )
    contents = {PAPER: paper(pack, fonts), **contents}
    folder.put(target, {**contents, folder.SUMS: folder.sums(contents)})
    return pack


def paper(pack: Pack, fonts: FontSet[Face]) -> bytes:
    """The one PDF: the letter, the sections, and the specimens in true size behind them."""
    flow = Flow(Typesetter(fonts), f"{pack.agency.name} · 报备材料包 Filing pack · {pack.day}")
    cover.draw(flow, pack)
    sections.draw(flow, pack)
    sheets = sum(len(specimen.style.sides) for specimen in pack.specimens)
    made = io.BytesIO()
    title = f"{FORMS[pack.agency.form].title.zh} 报备材料包 {MARK}"
    document = Document(made, fonts, title, midnight(pack.day))
    for page in flow.pages(after=sheets):
        document.add(page)
    document.finish()
    return bind([made.getvalue(), *(specimen.data for specimen in pack.specimens)])


def _opinions(
    made: tuple[Specimen, ...], agency: Agency, lint: Lints, watch: Watch
) -> Mapping[str, Opinion]:
    """One a style: its editions say the same. The linter reads files, which lie in a folder of their own."""
    with TemporaryDirectory(prefix="certgen-filing-") as room:
        found: dict[str, Opinion] = {}
        first = {specimen.style.key: specimen for specimen in reversed(made)}
        chosen = [specimen for specimen in made if first[specimen.style.key] is specimen]
        for done, specimen in enumerate(chosen):
            watch(done, len(chosen))
            path = Path(room) / specimen.file
            path.write_bytes(specimen.data)
            found[specimen.file] = lint(path, agency, specimen.style.holder.record.name)
        watch(len(chosen), len(chosen))
        return found


def _faces(made: tuple[Specimen, ...], fonts: FontSet[Face]) -> tuple[FaceRow, ...]:
    """The faces that drew at least one character, by role."""
    used = set(_drawn(made))
    by_digest = {(row.role, row.sha256): row for row in face_rows(fonts)}
    return tuple(
        by_digest[role, face.sha256[:8]]
        for role, chain in fonts.faces.items()
        for face in chain
        if (role, face.id) in used
    )


def _drawn(made: tuple[Specimen, ...]) -> Iterator[tuple[str, str]]:
    for specimen in made:
        for side in specimen.style.sides:
            for run in side.page.items:
                if isinstance(run, TextRun):
                    yield run.role, run.face


def _marker(agency: Agency, day: date, made: tuple[Specimen, ...]) -> bytes:
    facts = {
        "certgen_filing_pack": folder.FORMAT,
        "agency": agency.name,
        "form": agency.form.value,
        "date": day.isoformat(),
        "certgen": __version__,
        "specimens": [specimen.file for specimen in made],
    }
    return (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()


_CSV_HEAD = (
    *("样式 style", "项目", "item", "要求 asked", "依据 clause", "实测 measured"),
    *("x", "y", "结论", "verdict", "文件 files"),
)


def _csv(made: tuple[Table, ...]) -> bytes:
    """The measures for a spreadsheet: UTF-8 with its mark, which Excel wants."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_CSV_HEAD)
    for table in made:
        for line in table.lines:
            place = line.place
            writer.writerow(
                [
                    table.title.zh, line.item.zh, line.item.en, line.asked.said.zh, line.asked.clause,
                    line.measured,
                    span(place.x0, place.x1) if place else "",
                    span(place.y0, place.y1) if place else "",
                    line.verdict.said.zh, line.verdict.value, " ".join(line.files),
                ]
            )  # fmt: skip
    return text.getvalue().encode("utf-8-sig")
