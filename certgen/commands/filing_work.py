"""What `certgen filing-pack` does: it brings the two readers along, which `certgen.filing` knows only as functions."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from certgen import terminal
from certgen.errors import Said
from certgen.exchange import agency_file
from certgen.exchange.agency import Agency
from certgen.filing import making
from certgen.filing.line import Verdict
from certgen.filing.opinion import Opinion, Remark
from certgen.filing.pack import Pack
from certgen.model.finding import Severity
from certgen.papers import fonts_of
from certgen.standards.forms import FormId
from verify.design import filing, linter
from verify.design.finding import Finding, Kind
from verify.design.profiles import DEFAULT, combined
from verify.design.read import read
from verify.measured import measure

_PROFILES: dict[FormId, tuple[str, ...]] = {
    FormId.NATIONAL_2021: DEFAULT,
    FormId.SPECIAL_ABILITY: ("special-ability",),
}
"""No profile judges cards, nor a style that its ministry has not published."""

_SEVERITIES = {
    Kind.ERROR: Severity.ERROR,
    Kind.REVIEW: Severity.REVIEW,
    Kind.UNDECIDED: Severity.REVIEW,
    Kind.WARNING: Severity.WARNING,
    Kind.NOTE: Severity.NOTE,
}


def make(agency_path: Path, folder: Path, today: Callable[[], date], lang: str) -> Pack:
    """The pack of the agency file, dated `today()`."""
    agency = agency_file.load(agency_path)
    engines = making.Engines(measure, lint)
    with terminal.counting(lang, Said("样式检查", "judging")) as watch:
        return making.make(agency, fonts_of(agency), folder, today(), engines, watch)


def lint(path: Path, agency: Agency, holder: str) -> Opinion:
    """The linter's opinion of a specimen of ours; none where no profile fits."""
    named = _PROFILES.get(agency.form)
    if named is None:
        return Opinion("", 0)
    filed = filing.of_agency(agency)
    names = (*named, "association-2020") if filed.is_association else named
    profile = combined(names)
    design = read(path, isolated=False)  # written by ourselves a moment ago
    report = linter.lint(design, profile, _with_holder(filed, holder))
    remarks = tuple(_remark(one) for one in report.findings if one.kind is not Kind.EXEMPT)
    return Opinion(profile.id, len(report.rules), remarks)


def _with_holder(filed: filing.Filing, holder: str) -> filing.Filing:
    return replace(filed, holders=(holder,))


def _remark(found: Finding) -> Remark:
    return Remark(
        found.rule,
        found.kind.said,
        _SEVERITIES[found.kind],
        found.said,
        found.remedy,
        str(found.clause),
    )


def summary(pack: Pack, folder: Path) -> Said:
    """One sentence about a finished pack."""
    met, not_met, open_ = (
        pack.count(one) for one in (Verdict.MET, Verdict.NOT_MET, Verdict.NOT_ASKED)
    )
    return Said(
        f"样本 {len(pack.specimens)} 份；实测：符合 {met} 项，不符合 {not_met} 项，未作规定 {open_} 项。"
        f"核对：cd {folder} && sha256sum -c SHA256SUMS",
        f"specimens: {len(pack.specimens)}; measured: {met} met, {not_met} not met, {open_} where nothing is asked. "
        f"Check: cd {folder} && sha256sum -c SHA256SUMS",
    )
