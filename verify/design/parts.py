"""Which text of a design is what: title, body, labels and their values, names, seals, addresses.

Our own page listing says it; everywhere else it is read off the words that the notice fixes
(人社鉴发〔2021〕1号 附件) and off where things stand. Nothing is invented: a part that is not found is
not there, and a rule that needs it says so.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from certgen.standards.contents import TITLE
from certgen.standards.normalise import folded, loose
from certgen.standards.wording import name_spans
from verify.design.filing import Filing
from verify.design.texts import Text

_LABEL_WORDS: Mapping[str, str] = {
    "name": "姓名",
    "identity_type": "证件类型|证件种类|证件名称",
    "identity_number": "证件号码|身份证号码?|证件编号",
    "occupation": "职业名称|职业工种|职业(?=[\ue002])",
    "job": "工种职业方向|工种方向|工种名称|职业方向|工种",
    "level": "职业技能等级|技能等级|职业等级|等级级别",
    "code": "证书编号|证书编码|证书号码?",
    "issue_date": "发证日期|颁发日期|签发日期|颁证日期|发证时间|注册日期",
    "certificate_query": "证书(?:信息)?查询(?:网址|网站|地址)?|证书查验(?:网址|网站)?",
    "institution_query": "机构(?:信息)?查询(?:网址|网站|地址)?",
}
_ENDS = "(?=[ \n\ue000-\ue003a-z0-9]|$)"
_BEGINS = "(?:(?<=[ \n\ue000-\ue003a-z0-9])|^)"
_EXPRESSIONS = {key: loose(f"{_BEGINS}(?:{words}){_ENDS}") for key, words in _LABEL_WORDS.items()}
_QUERIES = {"certificate_query", "institution_query"}
_QUERY_EXPRESSIONS = {key: loose(f"(?:{_LABEL_WORDS[key]})") for key in _QUERIES}
_ENGLISH = {
    "name": "name",
    "identity_type": "id type",
    "identity_number": "id no.?",
    "occupation": "occupation",
    "job": "job",
    "level": "skill level",
    "code": "certificate no.?",
    "issue_date": "issued? date",
    "certificate_query": "certificate information",
    "institution_query": "assessment information",
}
_OWN_ENGLISH = re.compile(r"[A-Za-z][A-Za-z ./]{1,40}[)）]?\s*[:：]")
_JUST_RULE = re.compile(r"[_＿\s]*")
_BODY = loose("本证书由|兹证明|表明持证人|持证人通过")
_BODY_EN = re.compile(r"this\s+is\s+to\s+certify|the\s+bearer", re.IGNORECASE)
_DATE = re.compile(
    r"(?:[0-9]{2,4}|[×xX*＊_]{2,8})\s{0,3}年\s{0,3}(?:[0-9]{1,2}|[×xX*＊_]{1,8}|)\s{0,3}月"
    r"\s{0,3}(?:[0-9]{1,2}|[×xX*＊_]{1,8}|)\s{0,3}日"
)
_TITLE_WORDS = loose("证书|证明")
_NEAREST = 90.0
"""Millimetres: a value further to the right of its label belongs to something else."""


@dataclass(frozen=True)
class Part:
    """A span of a text that has a meaning."""

    id: str  # 'title', 'level', 'agency'
    text: Text
    start: int
    end: int

    @property
    def written(self) -> str:
        """The characters themselves."""
        return self.text.text[self.start : self.end]


@dataclass(frozen=True)
class Field:
    """A label of the form and what is filled in behind it."""

    id: str
    label: Part | None
    value: Part | None  # None: nothing stands there

    @property
    def written(self) -> str:
        """The filled value, '' where there is none."""
        return self.value.written.strip() if self.value else ""


@dataclass(frozen=True)
class Parts:
    """All parts that were made out."""

    titles: tuple[Part, ...] = ()
    bodies: tuple[Part, ...] = ()  # Chinese
    english_bodies: tuple[Part, ...] = ()
    agencies: tuple[Part, ...] = ()  # names of the agency or a branch that stand by themselves
    seals: tuple[Part, ...] = ()
    dates: tuple[Part, ...] = ()
    fields: Mapping[str, Field] = field(default_factory=dict)
    roles_given: bool = False  # by our own page listing: nothing here was inferred

    @property
    def holders(self) -> tuple[str, ...]:
        """Names of persons: what stands behind 姓名."""
        name = self.fields.get("name")
        english = self.fields.get("name.en")
        found = (part.written for part in (name, english) if part)
        return tuple(written for written in found if written and not _is_placeholder(written))


def _is_placeholder(written: str) -> bool:
    return not any(char.isalpha() and char not in "xX×" for char in written)


def parts_of(shown: tuple[Text, ...], filing: Filing | None) -> Parts:
    """The parts of the texts that show."""
    roles_given = any(text.role for text in shown)
    bodies = tuple(_with_role(shown, "body.zh")) or tuple(_bodies(shown))
    english = tuple(_with_role(shown, "body.en")) or tuple(_english_bodies(shown))
    prose = {part.text for part in (*bodies, *english)}
    return Parts(
        titles=tuple(_titles(shown, roles_given=roles_given)),
        bodies=bodies,
        english_bodies=english,
        agencies=tuple(_agencies(shown, filing)),
        seals=tuple(_seals(shown)),
        dates=tuple(_dates(shown)),
        fields=_fields(tuple(text for text in shown if not (text in prose and _is_prose(text)))),
        roles_given=roles_given,
    )


def _is_prose(text: Text) -> bool:
    """A body by itself; one text for the whole certificate, as OCR gives it, holds the labels too."""
    return len(text.text) < 600 and not re.search("证件号码|证书编号", text.text)


def _with_role(shown: tuple[Text, ...], *roles: str) -> Iterator[Part]:
    for text in shown:
        if text.role in roles:
            yield Part(text.role or "", text, 0, len(text.text))


def _titles(shown: tuple[Text, ...], *, roles_given: bool) -> Iterator[Part]:
    if roles_given:
        yield from _with_role(shown, "title.zh")
        return
    sized = [
        run.size_pt for text in shown for run in text.runs if run.size_pt and _is_titled(run.text)
    ]
    largest = max(sized, default=0.0)
    for text in shown:
        close = "".join(folded(text.text).text.split())
        if close.startswith(TITLE.zh) and len(close) < 60:
            yield Part("title", text, 0, _first_line(text))
        elif largest >= 18 and text.size_pt and text.size_pt > largest - 0.5:
            large = [n for n, run in enumerate(text.runs) if (run.size_pt or 0) > largest - 0.5]
            at = [i for i, place in enumerate(text.at) if place and place[0] in large]
            written = text.text[at[0] : at[-1] + 1]
            if _is_titled(written) and len(written) < 60 and not text.is_round:
                yield Part("title", text, at[0], at[-1] + 1)


def _is_titled(text: str) -> bool:
    return bool(_TITLE_WORDS.search(folded(text).text))


def _first_line(text: Text) -> int:
    """Where the title ends: before a line of another size, or before its English."""
    size = text.runs[0].size_pt
    for at, place in enumerate(text.at):
        if place and size and abs((text.runs[place[0]].size_pt or size) - size) > 2:
            return at
    return len(text.text)


def _bodies(shown: tuple[Text, ...]) -> Iterator[Part]:
    for text in shown:
        found = _BODY.search(folded(text.text).text)
        if found and not text.is_round:
            start, _ = folded(text.text).source_span(found.start(), found.end())
            english = _BODY_EN.search(text.text, start)
            yield Part("body.zh", text, start, english.start() if english else len(text.text))


def _english_bodies(shown: tuple[Text, ...]) -> Iterator[Part]:
    for text in shown:
        found = _BODY_EN.search(text.text)
        if found:
            yield Part("body.en", text, found.start(), len(text.text))


def _agencies(shown: tuple[Text, ...], filing: Filing | None) -> Iterator[Part]:
    """By role; else a filed name that is not a piece of a sentence."""
    for text in shown:
        if text.role in {"agency.name", "branch.name"}:
            yield Part("agency", text, 0, len(text.text))
        elif text.role is None and filing and not text.is_round and text.runs[0].graphic is None:
            for span in name_spans(text.text, filing.names):
                if not _BODY.search(folded(text.text).text):
                    yield Part("agency", text, span.first, span.last)


def _seals(shown: tuple[Text, ...]) -> Iterator[Part]:
    for text in shown:
        if (text.role or "").startswith("seal") or text.is_round:
            yield Part("seal", text, 0, len(text.text))


def _dates(shown: tuple[Text, ...]) -> Iterator[Part]:
    for text in shown:
        for found in _DATE.finditer(text.text):
            yield Part("date", text, found.start(), found.end())


def _fields(shown: tuple[Text, ...]) -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for text in shown:
        role = text.role or ""
        for key in (*_LABEL_WORDS, "name.en"):
            value_roles = {"name.en": {"name.value.en"}}.get(
                key, {f"{key}.value", f"{key}.value.zh"}
            )
            if role in value_roles:
                fields[key] = Field(key, _label_of(fields, key), _filled(key, text))
            elif role == f"{key}.label.zh":
                old = fields.get(key)
                fields[key] = Field(
                    key, Part(key, text, 0, len(text.text)), old.value if old else None
                )
    spans = {
        text: tuple(_labels_in(text))
        for text in shown
        if not text.is_round and text.role in {None, "label", *_QUERIES}
    }
    for text, found in spans.items():
        for number, (key, start, end) in enumerate(found):
            if key in fields and (fields[key].label or fields[key].written):
                continue
            known = fields[key].value if key in fields else None
            behind = found[number + 1][1] if number + 1 < len(found) else len(text.text)
            label = Part(key, text, start, end)
            fields[key] = Field(
                key,
                label,
                known or _value_behind(label, behind) or _value_beside(label, shown, spans),
            )
    return fields


def _label_of(fields: Mapping[str, Field], key: str) -> Part | None:
    return fields[key].label if key in fields else None


def _filled(key: str, text: Text) -> Part:
    return Part(key, text, 0, len(text.text))


def _labels_in(text: Text) -> Iterator[tuple[str, int, int]]:
    """Labels in reading order; a longer one takes its span: 工种/职业方向 holds no second label."""
    plain = folded(text.text)
    found = []
    for key, expression in _EXPRESSIONS.items():
        for hit in (_QUERY_EXPRESSIONS.get(key) or expression).finditer(plain.text):
            last = hit.end()
            while last > hit.start() and plain.text[last - 1] in " \n\ue000\ue001\ue002\ue003":
                last -= 1
            found.append((key, *plain.source_span(hit.start(), last)))
    taken: list[tuple[str, int, int]] = []
    for one in sorted(found, key=lambda label: label[1] - label[2]):
        if all(one[2] <= other[1] or other[2] <= one[1] for other in taken):
            taken.append(one)
    yield from sorted(taken, key=lambda label: label[1])


def _value_behind(label: Part, until: int) -> Part | None:
    """What follows in the same text, without colon, rule line and the English label."""
    start = _skip(label.text.text, label.end, until)
    english = re.compile(_ENGLISH[label.id], re.IGNORECASE).match(label.text.text, start)
    if english and english.end() <= until:
        start = _skip(label.text.text, english.end(), until)
    own = _OWN_ENGLISH.match(label.text.text, start, until)
    if own:  # English that is not of the annex: contents/other-english-terms looks at it
        start = _skip(label.text.text, own.end(), until)
    end = until
    below = re.compile(rf"\n\s*{_ENGLISH[label.id]}\b", re.IGNORECASE).search(
        label.text.text, start, until
    )
    if below:
        end = below.start()
    while end > start and _JUST_RULE.fullmatch(label.text.text[end - 1]):
        end -= 1
    return Part(label.id, label.text, start, end) if end > start else None


def _skip(text: str, start: int, until: int) -> int:
    """Past colon and rule line, but not past '--', which is a value."""
    found = re.compile(r"[\s:：_＿（(）)]*").match(text, start, until)
    return found.end() if found else start


def _value_beside(
    label: Part, shown: tuple[Text, ...], labels: Mapping[Text, tuple[tuple[str, int, int], ...]]
) -> Part | None:
    """The nearest text to the right on the same line."""
    boxes = label.text.boxes(label.start, label.end)
    if not boxes:
        return None
    here = boxes[0]
    candidates: list[tuple[float, Text, int, int]] = []
    for text in shown:
        if text is label.text or text.page != label.text.page or text.is_round or labels.get(text):
            continue
        for start, end, box in text.lines:
            middle = (box.y0 + box.y1) / 2
            gap = box.x0 - here.x1
            if here.y0 - 1 <= middle <= here.y1 + 1 and -1 <= gap <= _NEAREST:
                candidates.append((gap, text, start, end))
    if not candidates:
        return None
    _, text, start, end = min(candidates, key=lambda c: c[0])
    part = Part(label.id, text, start, end)
    return None if _JUST_RULE.fullmatch(part.written) else part
