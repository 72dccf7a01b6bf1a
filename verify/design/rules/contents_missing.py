"""The fifteen contents (证书内容) that a certificate must have, each a rule: contents/missing-title and so on."""

import re
from collections.abc import Callable, Iterator
from functools import partial

from certgen.errors import Said
from certgen.standards.contents import CONTENTS, LABELS, Content
from certgen.standards.normalise import folded, loose
from certgen.standards.query_hosts import CERTIFICATE_HOST, INSTITUTION_HOST, addresses_in
from certgen.standards.wording import name_spans
from verify.design import clauses
from verify.design.case import Case
from verify.design.finding import Finding, Kind, Place
from verify.design.graphics import is_photo, is_qr, is_square, role_of
from verify.design.rule import Rule, in_text

_BLANK = re.compile(r"[×xX*＊_＿\s年月日/.]*")


def _check(content: Content, rule: Rule, case: Case) -> Iterator[Finding]:
    """Present with its value; a specimen needs the label only. Absence counts only where all was read."""
    if not case.shown and not case.fully_read:
        return  # a picture of which nothing was read: hidden/unreadable says so once
    found = _FINDERS.get(content.id, partial(_field, content.id))(case)
    if found is _PRESENT:
        return
    if found is not None:  # a label without a value
        if not case.profile.specimen and content.id != "job":  # fields/empty-job says that one
            yield rule.finding(
                Said(f"“{content.name.zh}”后没有内容", f"nothing stands behind {content.name.zh}"),
                found,
                remedy=Said(
                    "填写内容；备案样本请加 --profile specimen",
                    "fill it in; for a specimen add --profile specimen",
                ),
            )
        return
    if case.fully_read and not (content.id == "qr" and _may_be_qr(case)):
        yield rule.finding(
            Said(f"没有“{content.name.zh}”", f"{content.name.zh} ({content.name.en}) is missing"),
            Place(1),
        )
    else:
        yield rule.finding(
            Said(
                f"没有读到“{content.name.zh}”，但并非全部内容都能读出",
                f"{content.name.zh} ({content.name.en}) was not read, and not everything could be read",
            ),
            Place(1),
            kind=Kind.UNDECIDED,
            remedy=Said("请在核对单上人工确认", "look, and tick it in the worksheet"),
        )


_PRESENT = Place(-1)


def _field(key: str, case: Case) -> Place | None:
    field = case.parts.fields.get(key)
    if field is None:
        return None
    if field.value is not None and not _BLANK.fullmatch(field.written):
        return _PRESENT
    part = field.label or field.value
    return in_text(part.text, part.start, part.end) if part else None


def _title(case: Case) -> Place | None:
    return _PRESENT if case.parts.titles else None


def _body(case: Case) -> Place | None:
    return _PRESENT if case.parts.bodies else None


def _agency(case: Case) -> Place | None:
    """A filed name; without a filing, any name that stands by itself or in the body."""
    parts = case.parts
    if parts.agencies:
        return _PRESENT
    if case.filing is None or case.profile.specimen:
        return _PRESENT if parts.bodies else None
    for text in case.shown:
        if name_spans(text.text, case.filing.names):
            return _PRESENT
    return None


def _issue_date(case: Case) -> Place | None:
    if case.parts.dates:
        return _PRESENT
    return _field("issue_date", case)


def _photo(case: Case) -> Place | None:
    if any(is_photo(graphic, case) for graphic in case.design.graphics):
        return _PRESENT
    return _PRESENT if case.profile.specimen and _says(case, "照片|相片") else None


def _qr(case: Case) -> Place | None:
    if next(case.design.codes, None) or any(
        is_qr(graphic, case) for graphic in case.design.graphics
    ):
        return _PRESENT
    return _PRESENT if case.profile.specimen and _says(case, "二维码") else None


def _may_be_qr(case: Case) -> bool:
    """Whether a square picture is there that could not be read: of a format that cannot be drawn."""
    return any(
        role_of(graphic, case) is None and is_square(graphic) for graphic in case.design.graphics
    )


def _says(case: Case, words: str) -> bool:
    return any(loose(words).search(folded(text.text).text) for text in case.shown)


def _host(host: str, case: Case) -> Place | None:
    for text in case.shown:
        if any(found == host for _, _, found in addresses_in(text.text)):
            return _PRESENT
    return None


def _query(key: str, host: str, case: Case) -> Place | None:
    """The right address; under its label another one is link/other-query-address."""
    if _host(host, case) is _PRESENT:
        return _PRESENT
    field = case.parts.fields.get(key)
    return _PRESENT if field and field.written else None


_FINDERS: dict[str, Callable[[Case], Place | None]] = {
    "title": _title,
    "body": _body,
    "agency": _agency,
    "issue_date": _issue_date,
    "photo": _photo,
    "qr": _qr,
    "certificate_query": partial(_query, "certificate_query", CERTIFICATE_HOST),
    "institution_query": partial(_query, "institution_query", INSTITUTION_HOST),
}


def _rule(content: Content) -> Rule:
    zh, en = content.name
    return Rule(
        id=f"contents/missing-{content.id.replace('_', '-')}",
        said=Said(f"缺少{zh}", f"{en} is missing"),
        clause=clauses.CONTENTS,
        kind=Kind.ERROR,
        looks_at=Said(
            f"“{zh}”是否在证书上，并填有内容",
            f"whether {zh} stands on the certificate and is filled in",
        ),
        passes=Said(
            "备案样本的空白栏（方案 specimen）。有图片、转曲等读不出的内容时，缺项只是“无法判断”",
            "empty fields of a specimen (profile specimen). Where a "
            "picture or outlines could not be read, absence is undecided",
        ),
        decided_by="picture" if content.id in {"photo", "qr"} else "text",
        check=partial(_check, content),
        remedy=Said(f"补上“{LABELS[content.id].zh if content.id in LABELS else zh}”", f"add {zh}"),
    )


RULES = tuple(_rule(content) for content in CONTENTS if content.required)
