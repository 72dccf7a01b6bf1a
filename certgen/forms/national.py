"""Samples 一 and 二 of 人社鉴发〔2021〕1号: the words of both, by content key."""

from pathlib import Path

from certgen.errors import LayoutError
from certgen.exchange.agency import Agency
from certgen.forms import SAMPLE_MARK, Chosen, Texts
from certgen.layouts import checks, national_2021, own
from certgen.layouts.slots import Layout
from certgen.model.record import Record
from certgen.standards import addresses, contents, filling


class National:
    """Sample 二 where a branch issues (人社鉴发〔2021〕1号 四(二)), else sample 一."""

    def sides(self, chosen: Chosen, branch: str | None) -> tuple[Layout, ...]:
        """One side: the agency's own layout if it has one."""
        if chosen.layout_file:
            return (_own(chosen.layout_file),)
        return (national_2021.style_2() if branch else national_2021.style_1(chosen.seal_side),)

    def statics(self, agency: Agency, branch: str | None) -> Texts:
        """Title, bodies, labels, addresses, who issues."""
        provincial = agency.provincial_query
        texts = {
            "title.zh": contents.TITLE.zh,
            "title.en": contents.TITLE.en,
            "body.zh": contents.body_zh(agency.name),
            "body.en": contents.body_en(agency.english_name),
            "agency.name": agency.name,
            "branch.name": agency.branches[branch].name if branch else "",
            "issue_date.label.zh": contents.ISSUE_DATE.zh + "：",
            "issue_date.label.en": contents.ISSUE_DATE.en + ":",
            "certificate_query": f"{contents.CERTIFICATE_QUERY}：{addresses.CERTIFICATE_QUERY}",
            "institution_query": f"{contents.INSTITUTION_QUERY}：{addresses.INSTITUTION_QUERY}",
            "provincial_query": f"{contents.PROVINCIAL_QUERY}：{provincial}" if provincial else "",
            "print_number.label": contents.PRINT_NUMBER if agency.print_number else "",
            "sample_mark": SAMPLE_MARK if agency.sample else "",
        }
        for field in national_2021.FIELDS:
            label = contents.LABELS[field]
            texts[f"{field}.label.zh"] = label.zh + "："
            texts[f"{field}.label.en"] = label.en
        return texts | own.load(agency.layout_file)[1] if agency.layout_file else texts

    def values(self, record: Record, code: str) -> Texts:
        """The seven fields, the date, and the number of the sheet."""
        return {
            "name.value": record.name,
            "identity_type.value": record.identity_type.zh,
            "identity_number.value": record.identity_number,
            "occupation.value": record.occupation,
            "job.value": record.job or filling.NO_JOB,
            "level.value": record.level_written,
            "code.value": code,
            "issue_date.value.zh": contents.issue_date_zh(record.issue_date),
            "issue_date.value.en": contents.issue_date_en(record.issue_date),
            **contents.date_parts(record.issue_date),
            "print_number.value": record.print_number or "",
        }


def _own(path: Path) -> Layout:
    """The agency's own layout, held to the same as the layouts of the notices; `LayoutError` where it breaks a rule."""
    layout, _ = own.load(path)
    wrong = [finding.said for finding in checks.findings(layout) if finding.refuses]
    if wrong:
        raise LayoutError(
            zh=f"版式文件 {path.name} 不能使用：\n" + "\n".join(said.zh for said in wrong),
            en=f"the layout file {path.name} cannot be used:\n"
            + "\n".join(said.en for said in wrong),
        )
    return layout


FORM = National()
