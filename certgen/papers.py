"""What the clerk (经办人) gets besides certificates: an empty roster, marked errors, sheets to look through.

Re-exported by `certgen.api`; each is one call of the command line.
"""

from collections.abc import Callable
from datetime import datetime
from itertools import chain
from pathlib import Path

from certgen import restricted
from certgen.clerk import errors_csv, template, workbook
from certgen.exchange import agency_file
from certgen.exchange.agency import Agency
from certgen.fonts import fontset
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.intake.photos import PhotoFolder
from certgen.intake.roster import read
from certgen.intake.sheets import find_sheet
from certgen.issuing.files import in_words
from certgen.model.finding import Finding
from certgen.model.record import Record
from certgen.names import pictures, printed, rare
from certgen.sheets import contact, proof


def now() -> datetime:
    """The local time with its zone: the clock unless a caller gives another."""
    return datetime.now().astimezone()


def give_back(roster: Path, findings: list[Finding], folder: Path) -> tuple[Path, Path]:
    """What goes back to the clerk: errors.csv, and a copy of the roster with red cells and comments; their paths.

    The list is written first: where the workbook cannot be marked (`InputError`), it has everything already.
    """
    listed = folder / errors_csv.NAME
    with in_words(folder):
        folder.mkdir(parents=True, exist_ok=True)
    errors_csv.write(listed, roster, findings)
    marked = workbook.marked_name(roster, folder)
    workbook.annotate(roster, findings, marked)
    return listed, marked


def write_template(agency_path: Path, path: Path) -> None:
    """An empty roster as xlsx: text cells, drop-downs from the filed scope, an explanation row."""
    template.write(path, agency_file.load(agency_path))


def rare_names(
    agency_path: Path,
    roster: Path,
    *,
    sheet: str | None = None,
    pictures_to: Path | None = None,
    lang: str = "zh",
) -> list[Finding]:
    """Every character that the first face of its role lacks: who draws it, or what to do when nobody does.

    With `pictures_to` each is drawn there as PNG, with a page that shows them all.
    """
    agency = agency_file.load(agency_path)
    said = chain(
        printed.in_forms(agency), printed.in_roster(find_sheet(roster, sheet, agency.form))
    )
    found = rare.find(said, fonts_of(agency))
    if pictures_to is not None:
        with in_words(pictures_to):
            pictures_to.mkdir(parents=True, exist_ok=True)
            pictures.write(found, pictures_to, lang)
    return [rare.finding(one) for one in found]


def restricted_wording(
    agency_path: Path, roster: Path | None = None, *, clock: Callable[[], datetime] = now
) -> list[Finding]:
    """Words that may not stand on a certificate (人社鉴发〔2021〕1号 五(二)), in the forms and in a roster."""
    agency = agency_file.load(agency_path)
    found = list(restricted.of_forms(agency))
    if roster is not None:
        opened, rows = read(roster, agency, None, clock().date())
        records = (row.record for row in rows if row.record)
        found += restricted.of_records(agency, records, opened.columns)
    return found


def contact_sheet(
    agency_path: Path,
    roster: Path,
    path: Path,
    *,
    photos: Path,
    sheet: str | None = None,
    clock: Callable[[], datetime] = now,
) -> int:
    """Thirty portraits a page with their names; how many holders are on it."""
    agency = agency_file.load(agency_path)
    records = _records(agency, roster, photos, sheet, clock)
    contact.write(path, records, fonts_of(agency), agency.name, made=clock())
    return len(records)


def proof_sheet(
    agency_path: Path,
    roster: Path,
    path: Path,
    *,
    sheet: str | None = None,
    clock: Callable[[], datetime] = now,
) -> int:
    """All names in large type for their holders to initial; how many holders are on it."""
    agency = agency_file.load(agency_path)
    records = _records(agency, roster, None, sheet, clock)
    proof.write(path, records, fonts_of(agency), agency.name, made=clock())
    return len(records)


def _records(
    agency: Agency,
    roster: Path,
    photos: Path | None,
    sheet: str | None,
    clock: Callable[[], datetime],
) -> list[Record]:
    """The rows that can be read; what is wrong with the others `check` says."""
    folder = PhotoFolder(photos) if photos else None
    _, rows = read(roster, agency, folder, clock().date(), sheet=sheet)
    return [row.record for row in rows if row.record]


def fonts_of(agency: Agency | None, given: Path | None = None) -> FontSet[Face]:
    """The faces that would be used: a given folder's, the agency file's, this machine's, the fetched ones."""
    return fontset.load(given or (agency.font_folder if agency else None))
