"""What each form says: its sides, the contents every certificate of it shares, the contents that belong to one holder.

    form = form_of(agency.form)
    form.sides(agency, branch), form.statics(agency, branch), form.values(record, code)

Contents go by key ('title.zh', 'name.value'); the slots of `certgen.layouts` name the same keys.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Protocol

from certgen.exchange.agency import Agency, SealSide
from certgen.layouts.slots import Layout
from certgen.model.record import Record
from certgen.standards.forms import FormId

Texts = Mapping[str, str]

SAMPLE_MARK = "样例 SAMPLE"


class Chosen(Protocol):
    """What decides on the layout of a form, besides the branch: agency file or stock (纸张定义)."""

    @property
    def seal_side(self) -> SealSide:
        """Where name, date and seal of sample 一 stand."""

    @property
    def layout_file(self) -> Path | None:
        """The agency's own layout; None: the form's own."""


class SpeaksAsForm(Protocol):
    """One form of one notice."""

    def sides(self, chosen: Chosen, branch: str | None) -> tuple[Layout, ...]:
        """The layouts, front first; whatever stands behind it is the same on every copy."""

    def statics(self, agency: Agency, branch: str | None) -> Texts:
        """What every copy says. An absent optional content is ''."""

    def values(self, record: Record, code: str) -> Texts:
        """What one copy says about its holder, written as the notice asks."""


@cache  # asked for every record
def form_of(form: FormId) -> SpeaksAsForm:
    """The contents of a form."""
    from certgen.forms import national, of_2019, special_ability, supervisor, veterans  # noqa: PLC0415

    speakers: Mapping[FormId, SpeaksAsForm] = {
        FormId.NATIONAL_2021: national.FORM,
        FormId.NATIONAL_2019: of_2019.FORM,
        FormId.SPECIAL_ABILITY: special_ability.FORM,
        FormId.SUPERVISOR_CARD: supervisor.FORM,
        FormId.VETERANS_2024: veterans.FORM,
    }
    return speakers[form]
