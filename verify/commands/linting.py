"""What `certverify lint` does, once it is known what is wanted: read, check, show, write."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import click

from certgen.errors import CertgenError
from certgen.exchange import agency_file as agency_files
from verify.design import art, decisions, filing
from verify.design import directory as directories
from verify.design.decisions import Reviewed
from verify.design.limits import DEFAULT as LIMITS
from verify.design.profiles import combined
from verify.design.report.against import Answer, Former, answers, former_of, former_points
from verify.design.report.as_json import as_json
from verify.design.report.as_sarif import as_sarif
from verify.design.review import Reviewer
from verify.terminal import design as terminal


@dataclass(frozen=True, slots=True)
class Wanted:
    """The options of one call."""

    agency_file: Path | None
    directory: Path | None
    profiles: tuple[str, ...]
    forbidden_art: Path | None
    decisions_file: Path | None
    against: Path | None
    out: Path | None
    writes: tuple[str, ...]
    template: Path | None
    print_as: str
    ocr: bool
    brief: bool


def run(designs: Sequence[Path], wanted: Wanted, lang: str) -> int:
    """Every design in turn; the exit code. Raises `InputError` where the only design cannot be read."""
    reviewer = _reviewer(wanted)
    decided = decisions.load(wanted.decisions_file) if wanted.decisions_file else None
    reviews: list[tuple[Path, Reviewed]] = []
    unread = 0
    for number, path in enumerate(designs, 1):
        if len(designs) > 1:
            click.echo(f"[{number}/{len(designs)}] {path.name}", err=True)
        try:
            reviews.append((path, reviewer.review(path, decided)))
        except CertgenError as problem:
            if len(designs) == 1:
                raise
            unread += 1
            click.echo(f"{path.name}: {problem.said.in_(lang)}", err=True)
    _show([review for _, review in reviews], wanted.print_as, lang, brief=wanted.brief)
    _against(wanted.against, reviewer, reviews, lang, aside=wanted.print_as != "text")
    if wanted.out is not None:
        from verify.design.report.files import write_all  # noqa: PLC0415  (python-docx only here)

        today = date.today()  # noqa: DTZ011  (the day where the reviewer sits)
        for path in write_all(wanted.out, reviews, wanted.writes, lang, today, wanted.template):
            click.echo(f"→ {path}", err=True)
    return _exit_code([review for _, review in reviews], unread)


def _reviewer(wanted: Wanted) -> Reviewer:
    agency, directory, pictures = wanted.agency_file, wanted.directory, wanted.forbidden_art
    return Reviewer(
        profile=combined(wanted.profiles),
        filing=filing.of_agency(agency_files.load(agency)) if agency else None,
        directory=directories.read(directory) if directory else (),
        art=art.load(pictures) if pictures else (),
        limits=replace(LIMITS, ocr=wanted.ocr),
    )


def _show(reviews: Sequence[Reviewed], print_as: str, lang: str, *, brief: bool) -> None:
    if print_as == "json":
        click.echo(as_json(reviews), nl=False)
    elif print_as == "sarif":
        click.echo(as_sarif(reviews), nl=False)
    else:
        for review in reviews:
            terminal.report(review, lang, exempt=not brief)
        if len(reviews) > 1:
            terminal.table(reviews, lang)


def _against(
    former: Path | None,
    reviewer: Reviewer,
    reviews: Sequence[tuple[Path, Reviewed]],
    lang: str,
    *,
    aside: bool,
) -> tuple[Answer, ...]:
    if former is None or not reviews:
        return ()
    points: tuple[Former, ...] | None = former_of(former, reviews[0][0].name)
    if points is None:
        points = former_points(reviewer.review(former, ()))
    found = answers(points, reviews[0][1])
    terminal.answers(found, lang, aside=aside)
    return found


def _exit_code(reviews: Sequence[Reviewed], unread: int) -> int:
    """The gravest: errors, then what could not be read, then what is open."""
    codes = {review.exit_code for review in reviews}
    if 1 in codes:
        return 1
    if not reviews:
        return 2
    return 3 if unread or 3 in codes else 0
