"""Which face and size (字体、字号) each part of the form has, by profile: what the type rules compare."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from certgen.standards import filling
from verify.design import clauses
from verify.design.case import Case
from verify.design.clauses import Clause
from verify.design.design import Run
from verify.design.finding import Kind
from verify.design.parts import Part

KAI = re.compile(r"kai|楷|gkai", re.IGNORECASE)
FANGSONG = re.compile(r"fang|仿宋|fsong|stfs|zhuque|朱雀", re.IGNORECASE)
TIMES = re.compile(r"times|liberation\s?serif|nimbus\s?rom|termes|tinos|新罗马", re.IGNORECASE)


class Measure(NamedTuple):
    """What one part must look like."""

    size_pt: float
    chinese: re.Pattern[str]
    face: str  # as the notice names it
    kind: Kind
    clause: Clause


_LABEL = Measure(filling.LABEL_PT, KAI, "楷体", Kind.WARNING, clauses.SAMPLE)
_FILLED = Measure(filling.FILLED_PT, FANGSONG, "仿宋", Kind.ERROR, clauses.FILLING)
_OLD = clauses.FORM_2019

MEASURES: Mapping[str, Mapping[str, Measure]] = {
    "2021": {
        "title": Measure(filling.TITLE_PT, KAI, "楷体", Kind.WARNING, clauses.SAMPLE),
        "body": Measure(filling.BODY_PT, KAI, "楷体", Kind.WARNING, clauses.SAMPLE),
        "label": _LABEL,
        "agency": _LABEL,
        "value": _FILLED,
        "address": Measure(filling.ADDRESS_PT, KAI, "楷体", Kind.WARNING, clauses.SAMPLE),
    },
    "2019": {
        "title": Measure(30.0, KAI, "华文楷体", Kind.WARNING, _OLD),
        "body": Measure(16.0, KAI, "华文楷体", Kind.WARNING, _OLD),
        "label": Measure(16.0, KAI, "华文楷体", Kind.WARNING, _OLD),
        "value": Measure(16.0, KAI, "华文楷体", Kind.WARNING, _OLD),
        "address": Measure(14.0, KAI, "华文楷体", Kind.WARNING, _OLD),
    },
}

_VALUES = ("name", "identity_type", "identity_number", "occupation", "job", "level", "code")
_ADDRESSES = ("certificate_query", "institution_query")


def measured(case: Case) -> Iterator[tuple[Measure, Part, Run]]:
    """Every run whose face or size a notice states, with the part it belongs to."""
    table = MEASURES.get(case.profile.measures, {})
    for what, part in _parts(case):
        if what in table:
            for run in part.text.runs_of(part.start, part.end):
                if run.text.strip():
                    yield table[what], part, run


def _parts(case: Case) -> Iterator[tuple[str, Part]]:
    parts = case.parts
    yield from (("title", part) for part in parts.titles)
    yield from (("body", part) for part in (*parts.bodies, *parts.english_bodies))
    yield from (("agency", part) for part in parts.agencies)
    for key, field in parts.fields.items():
        if key in _ADDRESSES and field.label:
            yield "address", field.label
        elif key in _VALUES:
            if field.label:
                yield "label", field.label
            if field.value:
                yield "value", field.value


def has_ideographs(text: str) -> bool:
    """Whether a run is Chinese; Latin letters and digits may be in Times."""
    return any("\u3400" <= char <= "\u9fff" or char >= "\U00020000" for char in text)
