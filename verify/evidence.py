"""Evidence (证据): what one check found about one certificate, said in both languages, with its clause.

Facts are values: a check that cannot decide says so (`SKIPPED`), one that breaks becomes `ERROR`, and neither is ever
taken for passing. Ids, numbers and reasons are permanent: never renamed, never renumbered, never reused.

>>> CODE = Check(100, "code/form", Axis.GRAMMAR, Said("证书编码格式", "form of the code"))
>>> CODE.passed(Said("编码为 22 位", "the code has 22 characters")).outcome
<Outcome.PASSED: 'passed'>
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from certgen.errors import Said
from verify.reasons import Reason, Weight


class Outcome(StrEnum):
    """How a check ended. Only `PASSED` speaks for a certificate."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"  # there was nothing to check it with
    ERROR = "error"  # the check itself broke


class Axis(StrEnum):
    """The three questions that are asked of a certificate, each answered by itself."""

    GRAMMAR = "grammar"  # is the code, is the page written as the notices prescribe?
    DOCUMENT = "document"  # did the agency sign this, and is it unchanged?
    REGISTER = "register"  # is it registered, and still in force?


@dataclass(frozen=True, slots=True)
class Evidence:
    """One check's answer. `said` and `data` never hold an identity number, only its last four characters."""

    check: str  # permanent id, 'payload/signature'
    number: int  # permanent number: the order in which evidence is shown
    axis: Axis
    outcome: Outcome
    said: Said
    clause: str = ""  # of the notice that asks for it; '' where no notice speaks
    reason: Reason | None = None  # why it did not pass; None where it passed
    data: Mapping[str, str] = field(default_factory=dict, hash=False)  # figures behind the sentence

    @property
    def weight(self) -> Weight:
        """How much a failure counts: `Weight.NONE` unless the check failed."""
        if self.outcome is not Outcome.FAILED or self.reason is None:
            return Weight.NONE
        return self.reason.weight


@dataclass(frozen=True, slots=True)
class Check:
    """What identifies a check; makes its evidence."""

    number: int
    id: str
    axis: Axis
    name: Said
    clause: str = ""

    def passed(self, said: Said, *, clause: str = "", **data: str) -> Evidence:
        """It holds."""
        return self._evidence(Outcome.PASSED, said, None, clause, data)

    def failed(self, reason: Reason, said: Said, *, clause: str = "", **data: str) -> Evidence:
        """It does not hold, for this reason."""
        return self._evidence(Outcome.FAILED, said, reason, clause, data)

    def skipped(self, reason: Reason, said: Said, *, clause: str = "", **data: str) -> Evidence:
        """Nothing can be said, for this reason."""
        return self._evidence(Outcome.SKIPPED, said, reason, clause, data)

    def broke(self, kind: str) -> Evidence:
        """The check itself raised: `kind` is the name of the exception, for its text could quote the certificate."""
        said = Said(
            f"“{self.name.zh}”这一项未能完成（{kind}），不作结论",
            f"the check '{self.name.en}' broke ({kind}); it says nothing",
        )
        return self._evidence(Outcome.ERROR, said, Reason.BROKE, "", {"exception": kind})

    def _evidence(
        self,
        outcome: Outcome,
        said: Said,
        reason: Reason | None,
        clause: str,
        data: Mapping[str, str],
    ) -> Evidence:
        return Evidence(
            self.id,
            self.number,
            self.axis,
            outcome,
            said,
            clause or self.clause,
            reason,
            dict(data),
        )
