"""The filing pack as one value: all that is made, measured, compared and judged before a page of it is drawn."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from certgen.errors import Said
from certgen.exchange.agency import Agency
from certgen.filing import content_table, measures
from certgen.filing.content_table import ContentRow
from certgen.filing.line import Verdict
from certgen.filing.measures import Table
from certgen.filing.opinion import Opinion, Remark, merged
from certgen.filing.seal_table import Comparison, SealRow
from certgen.filing.specimens import Specimen
from certgen.fonts.report import FaceRow
from certgen.model.finding import Finding, Place, Severity
from certgen.sign.public_halves import PublicHalf
from certgen.standards.forms import FORMS


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything that the pages say. `digests` are of the other files of the folder, by name."""

    agency: Agency
    day: date
    version: str  # of certgen
    specimens: tuple[Specimen, ...]
    tables: tuple[Table, ...]
    seals: tuple[SealRow, ...]
    opinions: Mapping[str, Opinion]  # by file
    faces: tuple[FaceRow, ...]  # those that drew something
    keys: tuple[PublicHalf, ...]
    digests: Mapping[str, str]

    @property
    def is_unconfirmed(self) -> bool:
        """Whether nobody knows what the form looks like: the specimens are ours alone."""
        return not FORMS[self.agency.form].published and not self.agency.layout_file

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What the linter said of all files together."""
        return merged(self.opinions.items())

    def contents_of(self, table: Table) -> tuple[ContentRow, ...]:
        """The contents of one layout, each with its place."""
        return content_table.rows(table, self.agency.form)

    def count(self, verdict: Verdict) -> int:
        """Lines of all tables that ended so."""
        return sum(table.count(verdict) for table in self.tables)

    def findings(self) -> tuple[Finding, ...]:
        """What somebody has to do something about, or to look at; empty where nothing is."""
        return (
            *self._unconfirmed(),
            *measures.findings(self.tables),
            *self._missing(),
            *self._seals(),
            *_of_remarks(self.remarks),
        )

    def _unconfirmed(self) -> Iterator[Finding]:
        if self.is_unconfirmed:
            said = Said(
                "样式未公开，本样本未经证实，不能据以制证",
                "the style is not public: this specimen is unconfirmed and nothing is issued on it",
            )
            yield Finding(
                "filing-pack/unconfirmed",
                Severity.REVIEW,
                said,
                clause=FORMS[self.agency.form].source,
            )

    def _missing(self) -> Iterator[Finding]:
        clause = content_table.clause_of(self.agency.form)
        for table in self.tables:
            for row in self.contents_of(table):
                if row.required and row.place is None:
                    said = Said(
                        f"{table.title.zh}：样本上没有找到“{row.name.zh}”",
                        f"{table.title.en}: the specimen does not show the {row.name.en}",
                    )
                    place = Place(table.files[0])
                    yield Finding(
                        "filing-pack/missing-content", Severity.ERROR, said, place, clause
                    )

    def _seals(self) -> Iterator[Finding]:
        grave = {
            Comparison.DIFFERS: Severity.ERROR,
            Comparison.NOT_STATED: Severity.REVIEW,
            Comparison.NO_PICTURE: Severity.REVIEW,
        }
        for row in self.seals:
            if row.comparison in grave:
                said = Said(
                    f"{row.owner.zh}印章：{row.comparison.said.zh}",
                    f"seal of {row.owner.en}: {row.comparison.said.en}",
                )
                code = f"filing-pack/seal-{row.comparison.value}"
                yield Finding(code, grave[row.comparison], said, clause=row.clause)


def _of_remarks(remarks: Sequence[Remark]) -> Iterator[Finding]:
    for remark in remarks:
        if remark.severity is Severity.NOTE:
            continue
        said = Said(
            f"样式检查（{remark.kind.zh}）：{remark.said.zh}",
            f"lint ({remark.kind.en}): {remark.said.en}",
        )
        where = remark.files[0] + ("" if len(remark.files) == 1 else f" +{len(remark.files) - 1}")
        yield Finding(remark.rule, remark.severity, said, Place(where), remark.clause)
