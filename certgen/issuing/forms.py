"""The forms of one batch: a composer and a plan for the agency itself and for each branch that issues.

A form is laid out from today's agency file and fonts; a plan that was made earlier brings its own fonts along. Both are
kept here, so that each is read once.
"""

from functools import cached_property
from pathlib import Path

from certgen.compose import Composer
from certgen.errors import FontError, LayoutError
from certgen.exchange.agency import Agency
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.issuing import files
from certgen.render import plan_file
from certgen.render.plan import Plan, Usage, form_digest, make_plan
from certgen.render.signature import Signing


class PlannedForm:
    """A plan and the composer that lays out its pages."""

    def __init__(self, plan: Plan, agency: Agency) -> None:
        self.plan = plan
        self._agency = agency

    @cached_property
    def composer(self) -> Composer:
        """Composes with the faces that the plan kept."""
        return Composer(self._agency, self.plan.branch, self.plan.fontset())


class Forms:
    """Composers by branch (None: the agency itself), plans by digest."""

    def __init__(self, agency: Agency, fonts: FontSet[Face], folder: Path, *, signed: bool) -> None:
        self.agency = agency
        self._fonts, self._folder, self._signed = fonts, folder, signed
        self._composers: dict[str | None, Composer] = {}
        self._digests: dict[str | None, str] = {}
        self._planned: dict[str, PlannedForm] = {}
        self._same: dict[str, bool] = {}

    def composer(self, branch: str | None) -> Composer:
        """Lays out what `branch` issues with this machine's fonts."""
        if branch not in self._composers:
            self._composers[branch] = Composer(self.agency, branch, self._fonts)
        return self._composers[branch]

    def signing(self, branch: str | None) -> Signing:
        """Who signs what `branch` issues, as the agency file says."""
        if not self._signed:
            return Signing.NOBODY
        if branch in self.agency.branch_keys:
            return Signing.BOTH
        return Signing.BRANCH_LATER if branch in self.agency.sign_elsewhere else Signing.AGENCY

    def planned(self, digest: str) -> PlannedForm:
        """The plan of that digest. `InputError` when its file is gone or was altered."""
        if digest not in self._planned:
            self._planned[digest] = PlannedForm(plan_file.load(digest, self._folder), self.agency)
        return self._planned[digest]

    def is_current(self, digest: str, branch: str | None) -> bool:
        """Whether a plan still is what the agency file and the fonts of today would give."""
        if branch not in self._digests:
            signing = self.signing(branch)
            self._digests[branch] = form_digest(self.composer(branch), self.agency, signing)
        return bool(digest) and self.planned(digest).plan.form == self._digests[branch]

    def reproduces(self, digest: str) -> bool:
        """Whether today's agency file, with the faces that the plan kept, still gives what the plan gave."""
        if digest not in self._same:
            form = self.planned(digest)
            try:
                today = form_digest(form.composer, self.agency, form.plan.signing)
            except (FontError, LayoutError):  # other words need other glyphs, or more room
                today = ""
            self._same[digest] = today == form.plan.form
        return self._same[digest]

    def make(self, branch: str | None, usage: Usage) -> str:
        """Plan what `branch` issues in this batch; the digest of the plan, which is on disk by then."""
        plan = make_plan(self.composer(branch), branch, self._fonts, usage, self.signing(branch))
        with files.in_words(self._folder):
            for left_over in self._folder.glob("*.part"):  # of a killed run
                left_over.unlink()
            digest = plan_file.save(plan, self._folder)
        # The name too must be on the disk before the register refers to it.
        files.flush([self._folder / f"{digest}.plan"])
        return digest
