"""The card of a quality supervisor (人社职司便函〔2020〕53号 附件2): its words on both sides, by content key."""

from certgen.exchange.agency import Agency
from certgen.forms import SAMPLE_MARK, Chosen, Texts
from certgen.layouts import supervisor_2020
from certgen.layouts.slots import Layout
from certgen.model.record import Record
from certgen.standards import supervisor_card as standard


class Supervisor:
    """Two sides. The identity number is asked for, to know the holder, and is not printed."""

    def sides(self, chosen: Chosen, branch: str | None) -> tuple[Layout, ...]:  # noqa: ARG002
        """Front and back."""
        return supervisor_2020.FRONT, supervisor_2020.BACK

    def statics(self, agency: Agency, branch: str | None) -> Texts:  # noqa: ARG002
        """Title, labels, who had it printed."""
        external = any(site.prefix.startswith("R") for site in agency.sites.values())
        texts = {
            "title.1": standard.TITLE,
            "title.2": standard.EXTERNAL if external else standard.INTERNAL,
            "printer.label": standard.PRINTED_BY,
            "agency.name": agency.name,
            "sample_mark": SAMPLE_MARK if agency.sample else "",
        }
        return texts | {f"{field}.label": f"{word}：" for field, word in standard.LABELS.items()}

    def values(self, record: Record, code: str) -> Texts:
        """The holder, the number and the term that begins on the issue date."""
        return {
            "name.value": record.name,
            "code.value": code,
            "term.value": standard.term_text(record.issue_date),
            "employer.value": record.employer,
        }


FORM = Supervisor()
