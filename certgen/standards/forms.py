"""The forms (证书式样) that the notices describe: who fixed each, whether it is still in force, how it is numbered.

>>> FORMS[FormId.NATIONAL_2019].withdrawn_by
'人社鉴发〔2021〕1号 五(一)'
>>> refusal(FormId.NATIONAL_2019, date(2021, 1, 5)) is None
False
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from certgen.errors import Said
from certgen.standards.codes.counting import CodeKind


class FormId(StrEnum):
    """The permanent name of a form, as the agency file and the register write it."""

    NATIONAL_2021 = "national-2021"
    NATIONAL_2019 = "national-2019"
    SPECIAL_ABILITY = "henan-2020-special-ability"
    SUPERVISOR_CARD = "supervisor-2020"
    VETERANS_2024 = "veterans-2024"


@dataclass(frozen=True, slots=True)
class Form:
    """What a notice says about a form as a whole; its measures stand in `certgen.layouts`."""

    title: Said
    source: str
    numbers: CodeKind
    has_level: bool = True  # it states one of the five skill levels
    allocates: bool = (
        True  # whoever issues it counts its serials; else the roster brings the numbers
    )
    withdrawn_by: str = ""
    last_day: date | None = None  # of issue; None: in force
    paper_only: bool = False
    published: bool = True  # its look is public


WITHDRAWN_2019 = "人社鉴发〔2021〕1号 五(一)"
"""自本通知印发之日起, 人社鉴发〔2019〕2号 附件2 is no longer used. Dated 2021-01-05."""

FORMS: Mapping[FormId, Form] = MappingProxyType(
    {
        FormId.NATIONAL_2021: Form(
            Said("职业技能等级证书", "skill-level certificate"),
            "人社鉴发〔2021〕1号 附件",
            CodeKind.CERTIFICATE,
        ),
        FormId.NATIONAL_2019: Form(
            Said("职业技能等级证书（2019 年式样）", "skill-level certificate, form of 2019"),
            "人社鉴发〔2019〕2号 附件2",  # 豫职鉴〔2020〕2号 附件2 prints the identical table
            CodeKind.CERTIFICATE,
            allocates=False,  # only what has a number already may be printed again
            withdrawn_by=WITHDRAWN_2019,
            last_day=date(2021, 1, 4),
        ),
        FormId.SPECIAL_ABILITY: Form(
            Said("河南省专项职业能力证书", "Henan special-ability certificate"),
            "豫人社办函〔2020〕41号 附件2",
            CodeKind.SPECIAL_ABILITY,
            has_level=False,
            allocates=False,  # 四(一): 由考核机构在考务系统上生成证书编码
        ),
        FormId.SUPERVISOR_CARD: Form(
            Said("技能人才评价质量督导员证卡", "quality supervisor's card"),
            "人社职司便函〔2020〕53号 附件2",
            CodeKind.SUPERVISOR,
            has_level=False,
            paper_only=True,
        ),
        FormId.VETERANS_2024: Form(
            Said(
                "退役军人事务员职业技能等级证书",
                "skill-level certificate of veterans' affairs officers",
            ),
            "退役军人部发〔2024〕35号 二(二)",  # 由退役军人事务部统一证书样式
            CodeKind.CERTIFICATE,
            published=False,
        ),
    }
)


def refusal(form: FormId, issued: date, *, own_layout: bool = False) -> Said | None:
    """Why nothing dated `issued` may be made on this form; None where it may.

    `own_layout`: the agency has the style, where it is not public, and gives it as its own layout.
    """
    facts = FORMS[form]
    if not facts.published and not own_layout:
        return Said(
            f"{facts.title.zh}的样式由退役军人事务部统一（{facts.source}），未公开："
            "只能制作样本（certgen filing-pack）；取得样式后请写成自有版式（[layout] file）",
            f"the style of the {facts.title.en} is fixed by its ministry ({facts.source}) and is not "
            "public: only specimens can be made (certgen filing-pack); once you have it, give it as your own "
            "layout ([layout] file)",
        )
    if facts.last_day and issued > facts.last_day:
        return Said(
            f"{facts.title.zh}自 2021 年 1 月 5 日起停用，发证日期 {issued} 不能使用；"
            "请改用现行式样。只有此前已发的证书可以补印",
            f"the {facts.title.en} has been out of use since 2021-01-05 and cannot carry the issue date "
            f"{issued}: use the present form. Only a certificate issued before may be printed again",
        )
    return None
