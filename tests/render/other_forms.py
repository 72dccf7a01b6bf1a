"""An invented copy of each form that is not the national one of 2021."""

from datetime import date
from pathlib import Path
from typing import Any

from certgen.exchange.agency import AGENCY_SEAL, Agency, SealPicture, Site
from certgen.filing.specimens import MARK
from certgen.model.record import Record
from certgen.standards.forms import FormId
from certgen.standards.supervisor_card import TITLE
from certgen.standards.veterans import OCCUPATION
from tests.render.builders import LONGEST, Form, a_record, an_agency

START, END = date(2019, 1, 1), date(2029, 12, 31)


def _agency(seals: Path, form: FormId, prefix: str, **changes: Any) -> Agency:
    return an_agency(
        seals,
        form=form,
        sites={"main": Site("main", prefix, START, END)},
        branches={},
        seals={AGENCY_SEAL: SealPicture(seals / "agency.png", 40)},
        **changes,
    )


def _ability(**changes: Any) -> Record:
    facts: dict[str, Any] = {
        "form": FormId.SPECIAL_ABILITY,
        "occupation": "烩面制作",
        "job": None,
        "level": None,
        "sex": "女",
        "education": "高中",
        "score": "合格",
    }
    return a_record_without_level(**{**facts, **changes})


def _card(**changes: Any) -> Record:
    facts: dict[str, Any] = {
        "form": FormId.SUPERVISOR_CARD,
        "occupation": TITLE,
        "job": None,
        "level": None,
        "employer": "云河样例机械制造有限公司",
    }
    return a_record_without_level(**{**facts, **changes})


def a_record_without_level(**changes: Any) -> Record:
    """`a_record` turns every level into a `Level`, and these have none."""
    from dataclasses import replace  # noqa: PLC0415

    return replace(a_record(), **changes)


def the_other_forms(seals: Path) -> dict[str, Form]:
    """By the name of their goldens."""
    of_2019 = a_record(form=FormId.NATIONAL_2019, issue_date=date(2020, 6, 1))
    longest = a_record(
        form=FormId.NATIONAL_2019,
        issue_date=date(2020, 12, 31),
        name=LONGEST,
        occupation="机动车驾驶教练员与道路客运汽车驾驶员",
        job=None,
    )
    return {
        "form-2019": Form(
            _agency(seals, FormId.NATIONAL_2019, "Y000041018999"),
            None,
            (of_2019, longest),
            "Y000041018999203000001",
        ),
        "special-ability": Form(
            _agency(seals, FormId.SPECIAL_ABILITY, "99995001", name="云河样例职业技能培训学校"),
            None,
            (_ability(), _ability(name=LONGEST, occupation="地方特色小吃（胡辣汤、水煎包）制作")),
            "269999500100042",
        ),
        "supervisor": Form(
            _agency(seals, FormId.SUPERVISOR_CARD, "Y018999", electronic=False),
            None,
            (_card(), _card(name=LONGEST, employer="云河样例高端精密机械装备新型材料研究院")),
            "Y018999260007",
        ),
        "veterans": Form(
            _agency(seals, FormId.VETERANS_2024, "S000041018996", category="S"),
            None,
            (a_record(form=FormId.VETERANS_2024, occupation=OCCUPATION, job=None),),
            "S000041018996263000000",
            MARK,
        ),
    }


OTHER_FORMS = tuple(the_other_forms(Path("seals")))
