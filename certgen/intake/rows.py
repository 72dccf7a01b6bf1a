"""Reads one data row of a roster: a checked record, or the reasons why there is none.

Nothing here remembers a row except `Repeats`; what only all rows together show (two names for one
number, columns that slipped) was seen in the survey.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from certgen.intake import form_fields
from certgen.intake.adopted import Adoption
from certgen.intake.candidates import Candidates
from certgen.intake.cells import Cell, Read, error, flaw_of, review, text_of
from certgen.intake.columns import Field, Header
from certgen.intake.dates import read_date
from certgen.intake.filing import Filing
from certgen.intake.hands import Hand
from certgen.intake.identities import number_findings, read_number, read_type
from certgen.intake.photos import Holder, PhotoFolder, match
from certgen.intake.repeats import Repeats
from certgen.intake.shifts import Shift
from certgen.intake.survey import WITNESSES, claims
from certgen.intake.texts import (
    read_job,
    read_level,
    read_name,
    read_occupation,
    read_print_number,
    read_text,
)
from certgen.intake.witnesses import disagreements, is_swapped, swapped
from certgen.model.finding import Finding, Place
from certgen.model.record import Record
from certgen.standards import supervisor_card
from certgen.standards.forms import FORMS, FormId
from certgen.standards.identity import IdentityType
from certgen.standards.levels import Level


@dataclass(frozen=True, slots=True)
class Row:
    """One data row. `record` is None exactly when one of the findings refuses."""

    place: Place
    record: Record | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Hidden:
    """The rows that nobody sees on the screen, and whether the clerk wants them all the same."""

    rows: frozenset[int]
    included: bool

    def finding(self) -> Finding:
        """What such a row is told."""
        if self.included:
            return review(
                "roster/hidden-row",
                zh="本行被隐藏或筛选掉了，按要求仍予读取，请核对是否确要制证",
                en="this row is hidden or filtered out and is read as asked: is it to be issued?",
            )
        return error(
            "roster/hidden-row",
            zh="本行被隐藏或筛选掉了：不需要请删除，需要请取消隐藏和筛选，或指明包括隐藏行",
            en="this row is hidden or filtered out: delete it, or show it and clear the filter, or "
            "ask for hidden rows to be included",
        )


@dataclass(frozen=True, slots=True)
class RowReader:
    """Everything that a row is read with."""

    header: Header
    filing: Filing
    repeats: Repeats
    adoption: Adoption
    photos: PhotoFolder | None
    names: Mapping[str, int]  # of the roster, for photos that are named by their holder
    candidates: Candidates
    hidden: Hidden
    shift: Shift | None
    today: date
    needs_print_number: bool
    form: FormId = FormId.NATIONAL_2021
    own_layout: bool = False

    def read(self, place: Place, cells: Sequence[Cell]) -> Row:
        """The row at `place`."""
        hand = Hand(place, self.header, cells)
        if hand.row in self.hidden.rows:
            hand.tell(self.hidden.finding())
        if self.shift and hand.row >= self.shift.first:
            hand.say(self.shift.column, self.shift.refusal())
            return Row(place, None, tuple(hand.findings))
        hand.compare_twins()
        if is_swapped(hand.cell(Field.NAME), hand.cell(Field.IDENTITY_NUMBER)):
            hand.say(Field.NAME, swapped())
            return Row(place, None, tuple(hand.findings))
        record = self._record(hand)
        refused = any(finding.refuses for finding in hand.findings)
        return Row(place, None if refused else record, tuple(hand.findings))

    def _record(self, hand: Hand) -> Record | None:
        name = hand.take(Field.NAME, read_name)
        kind, number = self._identity(hand)
        # A number that is wrong must not make the right photo another holder's.
        sure = None if any(finding.refuses for finding in hand.findings) else number
        occupation, job, level = self._skill(hand)
        hand.say(Field.OCCUPATION, form_fields.of_its_form(self.form, occupation))
        own = form_fields.take(hand, self.form)
        issued = hand.take(Field.ISSUE_DATE, partial(read_date, today=self.today))
        if issued:
            hand.say(
                Field.ISSUE_DATE,
                form_fields.in_force(self.form, issued, own_layout=self.own_layout),
            )
        branch, site = self._issuer(hand, issued)
        batch = hand.take(Field.BATCH, read_text)
        print_number = self._print_number(hand)
        photo = self._photo(hand, sure, name)
        code = hand.take(Field.CODE, self.adoption.read)
        # Spelt out, because a None here may stand beside its finding or beside another field's.
        if not (name and kind and number and occupation and issued and site):
            return None
        if job is None or batch is None or own is None:
            return None
        if level is None and FORMS[self.form].has_level:
            return None
        again = (kind, number, occupation, job, str(int(level or 0)), batch)
        hand.say(Field.IDENTITY_NUMBER, self.repeats.certificate(hand.row, *again))
        if code:
            prefix = self.filing.prefix(site)
            found = self.adoption.findings(
                hand.row, code, prefix=prefix, issued=issued, level=level
            )
            hand.say(Field.CODE, *found)
        return Record(
            name=name,
            identity_type=kind,
            identity_number=number,
            occupation=occupation,
            job=job or None,
            level=level,
            issue_date=issued,
            site=site,
            branch=branch or None,
            batch=batch,
            photo=photo,
            print_number=print_number or None,
            place=hand.place,
            adopted_code=str(code) if code else None,
            form=self.form,
            **own,
        )

    def _identity(self, hand: Hand) -> tuple[IdentityType | None, str | None]:
        number = hand.take(Field.IDENTITY_NUMBER, partial(read_number, candidates=self.candidates))
        kind = hand.take(Field.IDENTITY_TYPE, partial(read_type, number=number))
        if number and kind:
            found = number_findings(kind, number, self.today, self.candidates)
            hand.say(Field.IDENTITY_NUMBER, *found)
        if number:
            hand.say(Field.NAME, self.repeats.holder(number))
        self._hear_witnesses(hand)
        return kind, number

    def _hear_witnesses(self, hand: Hand) -> None:
        if self.header.columns.keys().isdisjoint(WITNESSES):
            return
        for field in (Field.BIRTH_DATE, Field.SEX):
            hand.say(field, flaw_of(hand.cell(field)))
        for field, finding in disagreements(claims(hand)):
            # Where the photos are at hand, matching them says more about theirs.
            if field is not Field.PHOTO or self.photos is None:
                hand.say(field, finding)

    def _skill(self, hand: Hand) -> tuple[str | None, str | None, Level | None]:
        if self.form is FormId.SUPERVISOR_CARD:
            return supervisor_card.TITLE, "", None
        if not FORMS[self.form].has_level:
            return hand.take(Field.OCCUPATION, read_occupation), "", None
        occupation = hand.take(Field.OCCUPATION, read_occupation)
        job = hand.take(Field.JOB, read_job)
        level = hand.take(Field.LEVEL, read_level)
        if occupation and job is not None and level:
            hand.say(Field.OCCUPATION, self.filing.in_scope(occupation, job, level))
        return occupation, job, level

    def _issuer(self, hand: Hand, issued: date | None) -> tuple[str | None, str | None]:
        branch = hand.take(Field.BRANCH, self.filing.branch)
        site = hand.take(Field.SITE, partial(self.filing.site, branch=branch))
        if site and issued:
            hand.say(Field.ISSUE_DATE, self.filing.in_period(site, issued))
        return branch, site

    def _print_number(self, hand: Hand) -> str | None:
        print_number = hand.take(Field.PRINT_NUMBER, read_print_number)
        if print_number:
            hand.say(Field.PRINT_NUMBER, self.repeats.sheet(hand.row, print_number))
        elif print_number == "" and self.needs_print_number:
            missing = error(
                "print-number/missing",
                zh="机构配置要求印制流水码，本行没有，请填写",
                en="the agency file asks for print numbers and this row has none: fill it in",
                clause="人社鉴发〔2021〕1号 二(一)",
            )
            hand.say(Field.PRINT_NUMBER, missing)
        return print_number

    def _photo(self, hand: Hand, number: str | None, name: str | None) -> Path | None:
        file_name = hand.take(Field.PHOTO, _read_words)
        admission = hand.take(Field.ADMISSION_NUMBER, _read_words)
        if self.photos is None or file_name is None or admission is None:
            return None
        field = Field.PHOTO if Field.PHOTO in self.header.columns else Field.IDENTITY_NUMBER
        holder = Holder(number or "", admission, name or "", file_name)
        photo, findings = match(self.photos, holder, self.names)
        hand.say(field, *findings)
        return photo


def _read_words(cell: Cell) -> Read[str]:
    return Read(text_of(cell).strip())
