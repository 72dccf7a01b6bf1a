"""The certificate of veterans' affairs officers (退役军人部发〔2024〕35号 二(二)): its words, by content key.

With the ministry's style as the agency's own layout it is issued like any other; without it there is only a specimen
that calls itself unconfirmed.
"""

from certgen.exchange.agency import Agency
from certgen.forms import Chosen, Texts, national
from certgen.layouts import veterans_2024
from certgen.layouts.slots import Layout
from certgen.model.record import Record
from certgen.standards import veterans


class Veterans:
    """One side; its contents are those of 人社鉴发〔2021〕1号, which the notice does not repeat."""

    def sides(self, chosen: Chosen, branch: str | None) -> tuple[Layout, ...]:
        """The agency's own layout, else the unconfirmed one."""
        if chosen.layout_file:
            return national.FORM.sides(chosen, branch)
        return (veterans_2024.LAYOUT,)

    def statics(self, agency: Agency, branch: str | None) -> Texts:
        """Those of the national form, and the label of a specimen."""
        return {**national.FORM.statics(agency, branch), "unconfirmed": veterans.UNCONFIRMED}

    def values(self, record: Record, code: str) -> Texts:
        """The seven fields, the date, and the number of the sheet."""
        return national.FORM.values(record, code)


FORM = Veterans()
