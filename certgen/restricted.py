"""Runs the wording rules over everything a certificate prints: for `certgen restricted` and a batch.

Static texts are those of the agency's forms, values those of each record, whole as they were before
they were broken into lines; nothing is matched across two fields. A seal is a picture to us: its
wording is compared where the agency file states it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from certgen.compose import static_texts, value_texts
from certgen.errors import Said
from certgen.exchange.agency import Agency
from certgen.model.finding import Finding, Place, Severity
from certgen.model.record import Record
from certgen.standards import seals, wording
from certgen.standards.codes.counting import CodeKind
from certgen.standards.forms import FORMS
from certgen.standards.text import shown
from certgen.standards.wording import Hit, Rule

_HOLDER = "name.value"


def filed_names(agency: Agency) -> tuple[str, ...]:
    """The names that must be printed as filed: the agency's and its branches'."""
    return agency.name, *(branch.name for branch in agency.branches.values())


def of_forms(agency: Agency) -> tuple[Finding, ...]:
    """What stands on every certificate: an error for each term, a note for each exempt one.

    The bans are about skill-level certificates: Henan's own text of another one names 职业资格工作网.
    """
    if FORMS[agency.form].numbers is not CodeKind.CERTIFICATE:
        return ()
    names = filed_names(agency)
    slots = dict.fromkeys(
        slot_and_text
        for branch in (None, *agency.branches)
        for slot_and_text in static_texts(agency, branch).items()
    )
    hits = [(slot, text, hit) for slot, text in slots for hit in wording.find(text, names)]
    exempt = dict.fromkeys((hit.exempt_by, hit.term) for _, _, hit in hits if hit.exempt_by)
    return (
        *(_in_form(slot, text, hit) for slot, text, hit in hits if not hit.exempt_by),
        *(_exempt(name, term) for name, term in exempt),
    )


def of_seals(agency: Agency) -> tuple[Finding, ...]:
    """That the wording of a seal was not compared, where the agency file does not state it."""
    drawn = agency.electronic or agency.print_seals
    unstated = [owner for owner, seal in agency.seals.items() if not seal.wording]
    if not drawn or not unstated:
        return ()
    said = Said(
        zh=f"机构配置没有写明印章文字（{'、'.join(unstated)}），未与备案名称核对：请在 [seals] 中填写 wording",
        en=f"the agency file does not state the wording of seals ({', '.join(unstated)}), so it was not compared with "
        "the filed name: give wording under [seals]",
    )
    return (Finding("seal/wording-unstated", Severity.NOTE, said, clause=seals.CLAUSE),)


def of_record(record: Record, names: tuple[str, ...], columns: Mapping[str, str]) -> list[Finding]:
    """What stands on one certificate alone; `columns` gives the letter of each field's column."""
    if FORMS[record.form].numbers is not CodeKind.CERTIFICATE:
        return []
    return [
        _in_cell(
            slot,
            text,
            hit,
            replace(record.place, column=columns.get(slot.partition(".")[0], "")),
        )
        for slot, text in value_texts(record, "").items()
        for hit in wording.find(text, names)
        if not hit.exempt_by
    ]


def of_records(
    agency: Agency, records: Iterable[Record], columns: Mapping[str, str]
) -> Iterator[Finding]:
    """The forms of the agency, then every record."""
    yield from of_forms(agency)
    names = filed_names(agency)
    for record in records:
        yield from of_record(record, names, columns)


def _in_form(slot: str, text: str, hit: Hit) -> Finding:
    said = Said(
        zh=f"每张证书的“{slot}”处都会印出“{hit.term}”{_disguise(text, hit).zh}，"
        "它不在备案名称之内；请修改机构配置",
        en=f"slot {slot} of every certificate would print {hit.term}{_disguise(text, hit).en}, "
        "outside the filed name: change the agency file",
    )
    return Finding(hit.rule.value, _severity(hit), said, clause=hit.clause)


def _in_cell(slot: str, text: str, hit: Hit, place: Place) -> Finding:
    if slot == _HOLDER:
        return Finding(hit.rule.value, Severity.REVIEW, _holder(hit), place, hit.clause)
    said = Said(
        zh=f"“{shown(text)}”含有证书上不得使用的“{hit.term}”{_disguise(text, hit).zh}；"
        "请按备案的职业名称填写",
        en=f"'{shown(text)}' holds {hit.term}{_disguise(text, hit).en}, which may not stand on a "
        "certificate: write the occupation as filed",
    )
    return Finding(hit.rule.value, _severity(hit), said, place, hit.clause)


def _holder(hit: Hit) -> Said:
    """A person may be called 国家: the rule is about claims, and a name is none."""
    return Said(
        zh=f"姓名中有“{hit.term}”；确为持证人姓名的可以照发，请对照证件确认",
        en=f"{hit.term} stands in the holder's name: it may be issued if that is the name; "
        "compare it with the identity document",
    )


def _exempt(name: str, term: str) -> Finding:
    said = Said(
        zh=f"“{term}”是备案名称“{name}”的一部分，按 二(三) 原样印出",
        en=f"{term} is a part of the filed name {name}, which 二(三) wants printed as filed",
    )
    return Finding("wording/filed-name", Severity.NOTE, said, clause="人社鉴发〔2021〕1号 二(三)")


def _severity(hit: Hit) -> Severity:
    """人员资格 binds associations, and whether the agency is one its file does not say."""
    return Severity.REVIEW if hit.rule is Rule.PERSONNEL_QUALIFICATION else Severity.ERROR


def _disguise(text: str, hit: Hit) -> Said:
    """How the term is written where it is not written plainly."""
    written = text[hit.start : hit.end]
    return (
        Said("", "") if written == hit.term else Said(f"（写作“{written}”）", f" (as '{written}')")
    )
