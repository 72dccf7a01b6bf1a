"""Henan's special-ability certificate (豫人社办函〔2020〕41号 附件2): its words, by content key."""

from certgen.exchange.agency import Agency
from certgen.forms import SAMPLE_MARK, Chosen, Texts
from certgen.layouts import henan_2020_special_ability
from certgen.layouts.slots import Layout
from certgen.model.record import Record
from certgen.standards import contents
from certgen.standards import special_ability as standard


class SpecialAbility:
    """One side; `Record.occupation` is the item assessed (考核项目)."""

    def sides(self, chosen: Chosen, branch: str | None) -> tuple[Layout, ...]:  # noqa: ARG002
        """One side, the same for all."""
        return (henan_2020_special_ability.LAYOUT,)

    def statics(self, agency: Agency, branch: str | None) -> Texts:  # noqa: ARG002
        """Title, labels, the sentences of the record, who issues."""
        texts = {
            "title": standard.TITLE.zh,
            "heading": standard.HEADING,
            "issuer.label": f"{standard.ISSUER}：",
            "agency.name": agency.name,
            "query": standard.QUERY,
            "sample_mark": SAMPLE_MARK if agency.sample else "",
        }
        texts |= {f"record.{number}": line for number, line in enumerate(standard.RECORD, 1)}
        return texts | {f"{field}.label": f"{word}：" for field, word in standard.LABELS.items()}

    def values(self, record: Record, code: str) -> Texts:
        """The holder, the item, the score and the date."""
        return {
            "name.value": record.name,
            "sex.value": record.sex,
            "education.value": record.education,
            "code.value": code,
            "identity_number.value": record.identity_number,
            "item.value": record.occupation,
            "score.value": record.score,
            "issue_date.value": contents.issue_date_zh(record.issue_date),
            **contents.date_parts(record.issue_date),
        }


FORM = SpecialAbility()
