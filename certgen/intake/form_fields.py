"""What only some forms ask of a row: sex, education and score, the employer, whether the form may still be used.

Each reader answers like every other of the intake: the value, or findings that say why there is none.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from certgen.intake.cells import Cell, Read, error, note, text_of
from certgen.intake.columns import ALIASES, Field
from certgen.intake.hands import Hand
from certgen.intake.texts import read_text
from certgen.model.finding import Finding
from certgen.standards import special_ability, veterans
from certgen.standards.forms import FORMS, FormId, refusal

_SEXES = {
    **dict.fromkeys(("男", "男性"), special_ability.SEXES[0]),
    **dict.fromkeys(("女", "女性"), special_ability.SEXES[1]),
}


def read_sex(cell: Cell) -> Read[str]:
    """性别 as the certificate prints it."""
    text = text_of(cell).strip()
    if text in _SEXES:
        return Read(_SEXES[text])
    wrong = error(
        "sex/unknown",
        zh="性别应为“男”或“女”，请更正",
        en="the sex must be 男 or 女: correct it",
        clause=special_ability.CLAUSE,
    )
    return Read(None, (wrong,))


def _read_given(cell: Cell, field: Field, clause: str) -> Read[str]:
    text, findings = read_text(cell)
    if text == "":
        heading = ALIASES[field][0]
        missing = error(
            f"{field.value}/missing",
            zh=f"“{heading}”为空，该证书式样须印此项，请填写",
            en=f"no {field.value}: this form prints it, fill it in",
            clause=clause,
        )
        return Read(None, (missing,))
    return Read(text, findings)


_READERS: Mapping[FormId, Mapping[Field, Callable[[Cell], Read[str]]]] = {
    FormId.SPECIAL_ABILITY: {
        Field.SEX: read_sex,
        Field.EDUCATION: partial(_read_given, field=Field.EDUCATION, clause=special_ability.CLAUSE),
        Field.SCORE: partial(_read_given, field=Field.SCORE, clause=special_ability.CLAUSE),
    },
    FormId.SUPERVISOR_CARD: {
        Field.EMPLOYER: partial(
            _read_given, field=Field.EMPLOYER, clause=FORMS[FormId.SUPERVISOR_CARD].source
        ),
    },
}


def take(hand: Hand, form: FormId) -> dict[str, str] | None:
    """The values that this form alone prints, by field of `Record`; None where one of them is missing."""
    values = {
        field.value: hand.take(field, reader) for field, reader in _READERS.get(form, {}).items()
    }
    found = {name: value for name, value in values.items() if value}
    return found if len(found) == len(values) else None


def in_force(form: FormId, issued: date, *, own_layout: bool) -> Finding | None:
    """A refusal where nothing of that date may be made on the form."""
    why = refusal(form, issued, own_layout=own_layout)
    if why is None:
        return None
    facts = FORMS[form]
    code = "form/withdrawn" if facts.withdrawn_by else "form/not-published"
    return error(code, zh=why.zh, en=why.en, clause=facts.withdrawn_by or facts.source)


def of_its_form(form: FormId, occupation: str | None) -> Finding | None:
    """A refusal where one ministry's style and its occupation do not go together: 由退役军人事务部统一证书样式."""
    is_theirs = occupation == veterans.OCCUPATION
    if form is FormId.VETERANS_2024 and occupation and not is_theirs:
        return error(
            "form/other-occupation",
            zh=f"本式样只用于“{veterans.OCCUPATION}”，其他职业请用现行职业技能等级证书式样",
            en=f"this form is for {veterans.OCCUPATION} alone: any other occupation has the national form",
            clause=veterans.CLAUSE,
        )
    if form is FormId.NATIONAL_2021 and is_theirs:
        return error(
            "form/of-a-ministry",
            zh=f"“{veterans.OCCUPATION}”的证书样式由退役军人事务部统一：请在机构配置 [layout] 中设 "
            f'form = "{FormId.VETERANS_2024}"，并以自有版式给出该样式',
            en=f"the style for {veterans.OCCUPATION} is fixed by its ministry: set form = "
            f'"{FormId.VETERANS_2024}" under [layout] and give that style as your own layout',
            clause=veterans.CLAUSE,
        )
    return None


def reprint(form: FormId) -> tuple[Finding, ...]:
    """That everything made on a withdrawn form is a reprint, said once a roster."""
    facts = FORMS[form]
    if not facts.withdrawn_by:
        return ()
    said = note(
        "form/reprint",
        zh=f"按已停用的式样（{facts.source}）补印以前所发的证书，编号和发证日期不变",
        en=f"reprints, under their own numbers and dates, on a form since withdrawn ({facts.source})",
        clause=facts.withdrawn_by,
    )
    return (said,)
