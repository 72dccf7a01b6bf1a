"""What a notice asks of each part of a style, with its clause, beside what it leaves open.

An agency's own layout is held to the sample that it stands in for. Nothing that this toolkit inferred is given out as
the notice's word: `Asked.clause` is '' there.

>>> asked_by(inferred("no notice gives coordinates")).clause
''
"""

from collections.abc import Mapping
from dataclasses import dataclass

from certgen.errors import Said
from certgen.exchange.agency import Agency
from certgen.layouts import national_2021, veterans_2024
from certgen.layouts.slots import Basis, Layout, TextSlot, inferred
from certgen.model.finding import Severity
from certgen.standards import filling, special_ability, supervisor_card
from certgen.standards.forms import FormId

NOTHING = Said("未作规定", "nothing asked")


@dataclass(frozen=True, slots=True)
class Asked:
    """One requirement in the notice's words, with its clause; or that there is none, and why ours is as it is."""

    said: Said = NOTHING
    clause: str = ""
    inferred: str = ""  # only where nothing is asked: where our own number comes from
    severity: Severity = Severity.ERROR  # of a deviation: 参考, 建议 is a warning


def asked_by(basis: Basis) -> Asked:
    """What stands behind a number of a layout: official ones are written 'clause: words'."""
    if not basis.official:
        return Asked(inferred=basis.why)
    clause, _, words = basis.why.partition(": ")
    # 评价机构参照本通知附件“职业技能等级证书参考样式”设计证书 (五(二)): the annex is a sample for reference.
    loose = clause.startswith(national_2021.ANNEX)
    severity = Severity.WARNING if loose else Severity.ERROR
    return Asked(Said(words or clause, words or clause), clause, severity=severity)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The size that a notice gives the sheet, in millimetres. `turned`: it does not say which way it lies."""

    width: float
    height: float
    asked: Asked
    turned: bool


_A4 = Asked(
    Said("建议 A4（210 × 297 毫米）、单页", "A4 (210 × 297 mm), single sheet, is advised"),
    f"{national_2021.NOTICE} 二(五)",
    severity=Severity.WARNING,  # 建议
)
_SHEETS: Mapping[FormId, Sheet] = {
    FormId.NATIONAL_2021: Sheet(filling.SHEET_WIDTH_MM, filling.SHEET_HEIGHT_MM, _A4, turned=True),
    FormId.SPECIAL_ABILITY: Sheet(
        special_ability.SHEET_WIDTH_MM,
        special_ability.SHEET_HEIGHT_MM,
        Asked(Said("148 × 210", "148 × 210"), special_ability.CLAUSE),
        turned=True,
    ),
    FormId.SUPERVISOR_CARD: Sheet(
        supervisor_card.WIDTH_MM,
        supervisor_card.HEIGHT_MM,
        Asked(Said("宽 80 毫米，长 110 毫米", "80 mm wide, 110 mm long"), supervisor_card.CLAUSE),
        turned=False,
    ),
}


def sheet_of(form: FormId) -> Sheet | None:
    """What is asked of the sheet; None where nothing is."""
    return _SHEETS.get(form)


def sample_of(agency: Agency, branch: str | None, layout: Layout) -> Layout:
    """The layout whose numbers say what is asked: that of the notice, also where the agency has its own."""
    if agency.form is FormId.VETERANS_2024:
        return veterans_2024.LAYOUT
    if agency.form is FormId.NATIONAL_2021:
        return national_2021.style_2() if branch else national_2021.style_1(agency.seal_side)
    return layout


def counterpart(slot: TextSlot, sample: Layout) -> TextSlot | None:
    """The slot of the sample that prints the same content; None for a text of the agency's own."""
    key = slot.parts[0].key
    return next((one for one in sample.texts if one.parts[0].key == key), None)


@dataclass(frozen=True, slots=True)
class Leading:
    """A distance from one baseline to the next that a notice gives (行间距), and two slots that show it."""

    item: Said
    first: str
    second: str
    points: float


LEADINGS: Mapping[FormId, tuple[Leading, ...]] = {
    FormId.SUPERVISOR_CARD: (
        Leading(Said("标题行距", "leading of the title"), "title.1", "title.2",
                supervisor_card.TITLE_LEADING_PT),
        Leading(Said("正文行距", "leading of the text"), "name.label", "code.label",
                supervisor_card.TEXT_LEADING_PT),
        Leading(Said("印制单位行距", "leading of the printer's name"), "printer.label", "agency.name",
                supervisor_card.PRINTER_LEADING_PT),
    )
}  # fmt: skip
"""人社职司便函〔2020〕53号 附件2."""

OF_A_LAYOUT = asked_by(inferred("the agency's own text"))

PHOTO_OF_2021 = Asked(
    Said(
        "一寸彩色白底照片（毫米数未作规定）",
        "one inch, colour, white ground (no millimetres are given)",
    ),
    f"{national_2021.NOTICE} 三(一)",
)
"""What the notice asks of the photo: its 25 × 35 mm are inferred, so its size is neither met nor missed."""
