"""The form of 2019 (人社鉴发〔2019〕2号 附件2): its words, by content key."""

from certgen.exchange.agency import Agency
from certgen.forms import SAMPLE_MARK, Chosen, Texts
from certgen.layouts import national_2019
from certgen.layouts.slots import Layout
from certgen.model.record import Record
from certgen.standards import addresses, contents, form_2019


class Of2019:
    """One side; a branch has no place on it."""

    def sides(self, chosen: Chosen, branch: str | None) -> tuple[Layout, ...]:  # noqa: ARG002
        """One side, the same for all."""
        return (national_2019.LAYOUT,)

    def statics(self, agency: Agency, branch: str | None) -> Texts:  # noqa: ARG002
        """Title, body, labels, addresses, who issues."""
        texts = {
            "title": contents.TITLE.zh,
            "body": contents.body_zh(agency.name),  # word for word that of 2021
            "agency.name": agency.name,
            "issue_date.label": f"{contents.ISSUE_DATE.zh}：",
            "certificate_query": form_2019.CERTIFICATE_QUERY + addresses.CERTIFICATE_QUERY,
            "institution_query": form_2019.INSTITUTION_QUERY + addresses.INSTITUTION_QUERY,
            "sample_mark": SAMPLE_MARK if agency.sample else "",
        }
        return texts | {f"{field}.label": f"{word}：" for field, word in form_2019.LABELS.items()}

    def values(self, record: Record, code: str) -> Texts:
        """The seven fields and the date."""
        return {
            "name.value": record.name,
            "identity_type.value": record.identity_type.zh,
            "identity_number.value": record.identity_number,
            "occupation.value": record.occupation,
            "job.value": record.job or form_2019.NO_JOB,
            "level.value": record.level_written,
            "code.value": code,
            "issue_date.value": contents.issue_date_zh(record.issue_date),
            **contents.date_parts(record.issue_date),
        }


FORM = Of2019()
