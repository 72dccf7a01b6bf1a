"""Examine: everything that is asked of a row between the intake and the register.

Can the page be composed, is the portrait usable, may this person be issued this certificate, is every word lawful.
An examiner remembers what it has seen (one picture for two people, who was approved): one examiner a run.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from certgen import restricted
from certgen.compose import Composer
from certgen.eligibility.gate import Gate
from certgen.errors import LayoutError, MissingGlyphError, PayloadError, Said
from certgen.exchange import payload
from certgen.exchange.agency import QrProfile
from certgen.intake import form_fields
from certgen.intake.candidates import Candidate, Candidates
from certgen.intake.gallery import Gallery
from certgen.intake.photos import PhotoFolder, prepare
from certgen.intake.roster import Roster, Row, read
from certgen.issuing import claims
from certgen.issuing.forms import Forms
from certgen.issuing.run import Order
from certgen.model.finding import Finding, Severity
from certgen.model.record import Record
from certgen.registry.entries import Wanted
from certgen.registry.register import Register
from certgen.standards.codes.national import CertificateCode

_PLAIN: Mapping[str, Any] = {
    "name": "一",
    "identity_number": "0",
    "occupation": "一",
    "job": None,
    "print_number": None,
}
"""For each field that a clerk writes freely, a value that any face draws and any slot holds."""


class Earlier:
    """The identity numbers of earlier batches, offered where a spreadsheet has damaged one."""

    def __init__(self, register: Register | None = None) -> None:
        self.register = register  # a batch opens it only after the roster

    def __call__(self, first: str) -> tuple[Candidate, ...]:
        """The numbers in the register that begin with these 15 digits."""
        known = self.register.known_numbers(first) if self.register else ()
        return tuple(
            Candidate(one.masked, Said(f"台账 {one.code}", f"register, {one.code}"))
            for one in known
        )


class Opened:
    """A roster that was opened: its rows, and the photos that go with it."""

    def __init__(self, order: Order, today: date, earlier: Candidates) -> None:
        self.photos = PhotoFolder(order.photos.absolute()) if order.photos else None
        self.roster: Roster
        self.rows: Iterator[Row]
        self.roster, self.rows = read(
            order.roster,
            order.agency,
            self.photos,
            today,
            sheet=order.sheet,
            include_hidden=order.include_hidden,
            earlier=earlier,
        )
        self.gate = Gate.load(
            order.agency, today, approved=order.approved, columns=self.roster.columns
        )


class Examiner:
    """Examines the rows of one roster, in order."""

    def __init__(self, opened: Opened, forms: Forms) -> None:
        self.roster, self._photos, self._gate = opened.roster, opened.photos, opened.gate
        self._forms = forms
        self._gallery = Gallery()
        self._names = restricted.filed_names(forms.agency)

    def opening(self) -> tuple[Finding, ...]:
        """What is to be said before any row: about the file, the photo folder, the form itself."""
        photos = self._photos.findings if self._photos else ()
        agency = self._forms.agency
        about = (
            *form_fields.reprint(agency.form),
            *restricted.of_forms(agency),
            *restricted.of_seals(agency),
        )
        return (*self.roster.findings, *photos, *about)

    def examine(self, row: Row) -> tuple[Wanted | None, tuple[Finding, ...]]:
        """What a row asks the register for, and everything found in it; None where the row is refused.

        The page is composed here already: a name that no face draws or that does not fit gets no number.
        """
        record = row.record
        if record is None:
            return None, row.findings
        findings = [*row.findings, *self._gate.findings(record)]
        findings += restricted.of_record(record, self._names, self.roster.columns)
        photo, about_photo = self._photo(record, row)
        findings += about_photo
        findings += self._fits(record, row)
        findings += self._signs(record, row)
        if any(finding.refuses for finding in findings):
            return None, tuple(findings)
        agency = self._forms.agency
        site = agency.site_of(record.site, record.branch)
        first = agency.first_serial(site.id, record.issue_date.year, record.level)
        return Wanted(record, site.prefix, first, photo), tuple(findings)

    def closing(self) -> tuple[Finding, ...]:
        """What only the whole roster shows: who was approved and is not in it, photos that nobody claims."""
        photos = self._photos.unclaimed_findings() if self._photos else ()
        return (*self._gate.closing(), *photos)

    def _photo(self, record: Record, row: Row) -> tuple[str, list[Finding]]:
        """The digest of the prepared portrait, '' without one, and what there is to say about it."""
        if record.photo is None:
            return "", []
        portrait = prepare(record.photo)
        seen = self._gallery.findings(
            portrait, record.identity_number, row.place, record.issue_date
        )
        found = [replace(finding, place=row.place) for finding in (*portrait.findings, *seen)]
        return portrait.sha256, found

    def _fits(self, record: Record, row: Row) -> list[Finding]:
        composer = self._forms.composer(record.branch)
        try:
            composer.try_out(record)
        except (MissingGlyphError, LayoutError) as problem:
            missing = isinstance(problem, MissingGlyphError)
            code = "font/missing-glyph" if missing else "layout/overflow"
            place = replace(row.place, column=self._column(record, composer))
            return [Finding(code, Severity.ERROR, problem.said, place)]
        return []

    def _signs(self, record: Record, row: Row) -> list[Finding]:
        """Why no QR code could carry what the row says, where it is to be signed."""
        agency = self._forms.agency
        if agency.qr is not QrProfile.SIGNED or record.level is None:
            return []
        prefix = agency.site_of(record.site, record.branch).prefix
        code = CertificateCode.build(prefix, record.issue_date.year, record.level, 1)
        try:
            payload.check(agency.qr_host, str(code), claims.claims_of(record, 0))
        except PayloadError as problem:
            return [Finding("qr/claims", Severity.ERROR, problem.said, row.place)]
        return []

    def _column(self, record: Record, composer: Composer) -> str:
        """The column of the one value without which the page could be composed; '' where there are several."""
        for name, plain in _PLAIN.items():
            try:
                composer.try_out(replace(record, **{name: plain}))
            except (MissingGlyphError, LayoutError):
                continue
            return self.roster.columns.get(name, "")
        return ""
