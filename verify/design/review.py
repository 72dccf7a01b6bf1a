"""One design from file to reviewed report: reads it, finds its agency, runs the rules, takes decisions.

reviewer = Reviewer(profile=combined(), filing=of_agency(agency))
review = reviewer.review(Path("样式.pdf"))
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from verify.design import decisions
from verify.design.art import ForbiddenArt
from verify.design.decisions import Decision, Reviewed
from verify.design.directory import agency_of
from verify.design.filing import Filing
from verify.design.limits import DEFAULT, Limits
from verify.design.linter import lint
from verify.design.profiles import PROFILES, Profile
from verify.design.read import read


@dataclass(frozen=True, slots=True)
class Reviewer:
    """What holds for all designs of one call."""

    profile: Profile
    filing: Filing | None = None  # one agency for all
    directory: tuple[Filing, ...] = ()  # or the agency whose name the design shows
    art: tuple[ForbiddenArt, ...] = ()
    limits: Limits = DEFAULT

    def review(self, path: Path, decided: Sequence[Decision] | None = None) -> Reviewed:
        """The report of one design. Raises `InputError` where it cannot be read.

        `decided`: what people decided; None takes the file beside the design, if there is one.
        """
        design = read(path, limits=self.limits)
        filing = self.filing or agency_of(design, self.directory)
        profile = self.profile
        if filing and filing.is_association and "association-2020" not in profile.id:
            both = profile | PROFILES["association-2020"]
            profile = replace(both, id=f"{profile.id}+association-2020")
        report = lint(design, profile, filing, art=self.art)
        if decided is None:
            beside = decisions.beside(path)
            decided = decisions.load(beside) if beside.exists() else ()
        return decisions.reviewed(report, decided)
