"""Specimens (样本) of everything that an agency file makes: drawn as a batch would, marked, under nobody's number.

    for specimen in specimens(agency, fonts, date(2026, 6, 1)):
        specimen.file, specimen.data     # 'specimen-style-1.pdf', its bytes

Nothing is signed, reserved or registered. The same agency file, fonts and day give the same bytes.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from certgen.compose import Composer
from certgen.errors import InputError, Said
from certgen.exchange.agency import Agency
from certgen.filing.holder import Holder, holder_of
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.forms import form_of
from certgen.layouts.slots import Layout
from certgen.model.page import Page, Seal
from certgen.render.paper import PrintFile
from certgen.render.plan import Plan, Usage, make_plan
from certgen.render.press import Press
from certgen.render.signature import Signing
from certgen.render.silhouette import silhouette
from certgen.render.stamp import Portrait, Stamper
from certgen.standards.forms import FORMS, FormId

MARK = "样本 SPECIMEN"

ELECTRONIC = Said("电子证书", "electronic edition")
PRINT = Said("纸质证书（印刷文件）", "print edition")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a style: where things are to stand, and what was composed."""

    layout: Layout
    page: Page


@dataclass(frozen=True, slots=True)
class Style:
    """One style (样式) that the agency file makes: the agency's own, or a branch's."""

    key: str  # 'style-2-zezhou': what its files are named by
    kind: Said  # 'skill-level certificate, sample 2'
    name: Said  # of the branch; '' for the agency's own
    branch: str | None
    sides: tuple[Side, ...]  # front first
    holder: Holder

    @property
    def front(self) -> Side:
        """The side that names the holder."""
        return self.sides[0]

    @property
    def title(self) -> Said:
        """Kind and branch."""
        if not self.name.zh:
            return self.kind
        return Said(f"{self.kind.zh}：{self.name.zh}", f"{self.kind.en}: {self.name.en}")


@dataclass(frozen=True, slots=True)
class Specimen:
    """A finished file. `seals` are those that are drawn in it."""

    style: Style
    edition: Said
    data: bytes
    seals: tuple[Seal, ...]

    @property
    def file(self) -> str:
        """Its name in the pack."""
        ending = "-print" if self.edition is PRINT else ""
        return f"specimen-{self.style.key}{ending}.pdf"


def refuse_withdrawn(form: FormId) -> None:
    """Raise `InputError` for a form that no new certificate may be made on: there is nothing to file."""
    facts = FORMS[form]
    if facts.withdrawn_by:
        raise InputError(
            zh=f"{facts.title.zh}已停用（{facts.withdrawn_by}），不能再报备：请在机构配置 [layout] 中改用现行式样",
            en=f"the {facts.title.en} is withdrawn ({facts.withdrawn_by}) and cannot be filed: choose the present "
            "form under [layout] in the agency file",
        )


def midnight(day: date) -> datetime:
    """The time that everything in a pack is dated: not the clock's, so that the same day gives the same bytes."""
    return datetime.combine(day, time(), UTC)


def specimens(agency: Agency, fonts: FontSet[Face], day: date) -> Iterator[Specimen]:
    """Every style in every edition that looks different, the agency's own first.

    Raises `InputError` for a withdrawn form, `LayoutError` and `FontError` for what cannot be drawn.
    """
    refuse_withdrawn(agency.form)
    for branch in (None, *agency.branches):
        composer = Composer(agency, branch, fonts, mark=MARK)
        holder = holder_of(agency, branch, day)
        style = _style(agency, branch, composer, holder)
        plan = _plan(composer, holder, fonts)
        seals = tuple(item for item in composer.statics if isinstance(item, Seal))
        if agency.electronic:
            data = _electronic(composer, plan, holder, day)
            embossed = (composer.embossed,) if composer.embossed else ()
            yield Specimen(style, ELECTRONIC, data, seals + embossed)
        if agency.paper and (not agency.electronic or _print_differs(agency, composer, seals)):
            data = _printed(composer, plan, holder, day)
            yield Specimen(style, PRINT, data, seals if agency.print_seals else ())


def _print_differs(agency: Agency, composer: Composer, seals: tuple[Seal, ...]) -> bool:
    """Whether an eye tells the editions apart: by a seal that only one of them shows."""
    return composer.embossed is not None or bool(seals and not agency.print_seals)


def _plan(composer: Composer, holder: Holder, fonts: FontSet[Face]) -> Plan:
    usage = Usage()
    usage.add(composer.values(holder.record, holder.code))
    return make_plan(composer, holder.record.branch, fonts, usage, Signing.NOBODY)


def _portrait() -> Portrait:
    return Portrait(*silhouette())


def _electronic(composer: Composer, plan: Plan, holder: Holder, day: date) -> bytes:
    stamper = Stamper(plan, composer, None)
    return stamper.stamp(holder.record, holder.code, _portrait(), midnight(day)).data


def _printed(composer: Composer, plan: Plan, holder: Holder, day: date) -> bytes:
    made = io.BytesIO()
    title = f"{MARK} {FORMS[composer.agency.form].title.zh}"
    pdf = PrintFile(made, title, midnight(day), Press.of(composer.agency))
    pdf.add(plan, composer, holder.record, holder.code, _portrait())
    pdf.finish()
    return made.getvalue()


def _key(agency: Agency, branch: str | None) -> str:
    if agency.layout_file:
        name = "own-layout"
    elif agency.form is FormId.NATIONAL_2021:
        name = "style-2" if branch else "style-1"
    else:
        name = agency.form.value
    return f"{name}-{branch}" if branch else name


def _style(agency: Agency, branch: str | None, composer: Composer, holder: Holder) -> Style:
    layouts = form_of(agency.form).sides(agency, branch)
    pages = (composer.page(holder.record, holder.code), *composer.others)
    named = agency.branches[branch] if branch else None
    return Style(
        key=_key(agency, branch),
        kind=_kind(agency, branch),
        name=Said(named.name, named.english_name) if named else Said("", ""),
        branch=branch,
        sides=tuple(Side(layout, page) for layout, page in zip(layouts, pages, strict=True)),
        holder=holder,
    )


def _kind(agency: Agency, branch: str | None) -> Said:
    form = FORMS[agency.form].title
    if agency.layout_file:
        return Said(f"{form.zh} 自有版式", f"{form.en}, own layout")
    if agency.form is FormId.NATIONAL_2021:
        return Said(
            f"{form.zh} 样式{'二' if branch else '一'}", f"{form.en}, sample {2 if branch else 1}"
        )
    return form
