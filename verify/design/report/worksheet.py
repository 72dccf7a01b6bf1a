"""The worksheet (核对单): each required content and each ban as a line, with what the machine saw.

An HTML file that fetches nothing: crop, reading, clause, and a tick for the person who looked. Its
button saves what was decided as the decisions file that `certverify lint` reads; printed, it is the
paper for the files. What a machine decided is pre-filled and may be overruled.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from json import dumps

from certgen.errors import Said
from certgen.model.box import Box
from certgen.standards.contents import CONTENTS
from verify.design.case import Case
from verify.design.clauses import Clause
from verify.design.decisions import SUFFIX, Item, Reviewed
from verify.design.finding import Kind
from verify.design.graphics import is_photo, is_qr
from verify.design.report.as_html import page, styles
from verify.design.report.gallery import Gallery, as_data_url
from verify.design.report.words import line_of, masked, where
from verify.design.rules import all_rules

_BANS = (
    "wording/state-name",
    "wording/government-body",
    "wording/qualification-claim",
    "wording/misleading",
    "wording/foreign-equivalent",
    "marks/national-emblem",
    "marks/government-logo",
    "marks/undeclared-graphic",
    "marks/misleading-picture",
    "hidden/unpainted-text",
    "seal/other-text",
    "photo/other-ground",
)
_MOST_QUESTIONS = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what is asked, what the machine saw, and the rule that a decision will name."""

    rule: str
    asks: Said
    saw: Said
    clause: Clause
    machine: Kind | None  # None: in order as far as a machine sees
    page: int = 0
    box: Box | None = None
    text: str = ""


def lines_of(review: Reviewed) -> Iterator[Line]:
    """The fifteen contents, the bans, and every open question by itself."""
    report = review.report
    case = Case(report.design, report.profile, report.filing)
    for content in CONTENTS:
        id_ = f"contents/missing-{content.id.replace('_', '-')}"
        if content.required and id_ in report.rules:
            yield _content(id_, content.name, content.id, case, review)
    for id_ in _BANS:
        if id_ in report.rules:
            yield _ban(id_, review)
    counts = Counter(item.finding.rule for item in review.items if item.kind.above_exempt)
    for item in review.of(Kind.REVIEW, Kind.UNDECIDED)[:_MOST_QUESTIONS]:
        once = item.finding.rule in _BANS and counts[item.finding.rule] == 1
        if not item.finding.rule.startswith("contents/missing") and not once:
            yield _question(item)


def _content(id_: str, name: Said, key: str, case: Case, review: Reviewed) -> Line:
    rule = all_rules()[id_]
    items = [item for item in review.items if item.finding.rule == id_ and item.kind.above_exempt]
    page_, box, text = _seen(key, case)
    if items:
        saw = items[0].finding.said
    elif text:
        saw = Said(f"读到：{masked(text)[:60]}", f"reads: {masked(text)[:60]}")
    elif box is not None:
        saw = Said("有", "there")
    else:
        saw = Said("机器没有读到", "the machine did not read it")
    unread = not items and not text and box is None
    return Line(
        id_,
        Said(f"有“{name.zh}”，且内容正确", f"{name.zh} ({name.en}) is there and right"),
        saw,
        rule.clause,
        items[0].kind if items else Kind.UNDECIDED if unread else None,
        page_,
        box,
    )


def _seen(key: str, case: Case) -> tuple[int, Box | None, str]:
    """Where the machine found a content, and what it read there."""
    parts = case.parts
    by_parts = {
        "title": parts.titles,
        "body": parts.bodies,
        "agency": parts.agencies,
        "issue_date": parts.dates,
    }
    if key in {"photo", "qr"}:
        test = is_photo if key == "photo" else is_qr
        for graphic in case.design.graphics:
            if test(graphic, case):
                return graphic.page, graphic.box, ""
        code = next(case.design.codes, None)
        return (code.page, code.box, code.text) if code and key == "qr" else (0, None, "")
    found = by_parts.get(key)
    field = parts.fields.get(key)
    part = found[0] if found else (field.value or field.label) if field else None
    if part is None:
        return 0, None, ""
    boxes = part.text.boxes(part.start, part.end)
    whole = boxes[0] if boxes else None
    for box in boxes[1:]:
        whole = whole.union(box) if whole else box
    return part.text.page, whole, " ".join(part.written.split())


def _ban(id_: str, review: Reviewed) -> Line:
    rule = all_rules()[id_]
    items = [item for item in review.items if item.finding.rule == id_ and item.kind.above_exempt]
    counted = Said(f"机器发现 {len(items)} 处", f"the machine found {len(items)}")
    first = items[0].finding.place if items else None
    return Line(
        id_,
        Said(f"没有：{rule.said.zh}", f"free of: {rule.said.en}"),
        counted if items else Said("机器未发现", "the machine found none"),
        rule.clause,
        items[0].kind if items else None,
        first.page if first else 0,
        first.box if first else None,
    )


def _question(item: Item) -> Line:
    finding, place = item.finding, item.finding.place
    line = line_of(place) if place.context else None
    shown = f"“{line.before}{line.span}{line.behind}”" if line else ""
    spot = where(place)
    return Line(
        finding.rule,
        finding.said,
        Said(f"{spot.zh} {shown}", f"{spot.en} {shown}"),
        finding.clause,
        item.kind,
        place.page,
        place.box,
        place.written if place.context and place.end > place.start else "",
    )


def as_worksheet(review: Reviewed, gallery: Gallery, lang: str) -> str:
    """The whole file."""
    source = review.report.design.source
    zh = lang == "zh"
    title = "证书样式核对单" if zh else "Worksheet for a certificate design"
    heads = (
        ("项目", "机器所见", "图", "依据", "人工核对", "备注")
        if zh
        else ("item", "the machine saw", "picture", "clause", "seen by eye", "remark")
    )
    rows = "\n".join(_row(n, line, gallery, lang) for n, line in enumerate(lines_of(review), 1))
    agency = review.report.filing.name if review.report.filing else ""
    by, day = ("核对人", "日期") if zh else ("seen by", "date")
    save = "保存审查决定" if zh else "Save decisions"
    facts = "".join(
        f"<tr><th>{head}</th><td>{escape(value)}</td></tr>"
        for head, value in (
            ("文件" if zh else "file", source.name),
            ("SHA-256", source.sha256),
            ("评价机构" if zh else "agency", agency),
        )
    )
    columns = "".join(f"<th>{head}</th>" for head in heads)
    body = (
        f"<h1>{title}</h1><table class='facts'>{facts}</table><p>{_HOW.in_(lang)}</p>"
        f"<table class='sheet-table'><thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table>"
        f"<p class='sign'><label>{by} <input id='by' size='12'></label> "
        f"<label>{day} <input id='day' type='date'></label> "
        f"<button id='save' type='button'>{save}</button></p>"
        f"<style>{styles('worksheet.css')}</style>"
    )
    return page(f"{title} {escape(source.name)}", body, lang, _script(review, lang))


_HOW = Said(
    "逐项看图核对，勾选后填写核对人，按“保存审查决定”得到决定文件，放在设计文件旁边，再运行 certverify lint。"
    "也可打印签字存档。",
    "Look at each line, tick it, fill in who looked, and save: put the file beside the design and run "
    "certverify lint again. Or print it and sign.",
)


def _row(number: int, line: Line, gallery: Gallery, lang: str) -> str:
    zh = lang == "zh"
    kind = line.machine or Kind.EXEMPT
    crop = gallery.crop(line.page, line.box, kind, margin=3.0) if line.box else None
    picture = f'<img alt="" src="{as_data_url(crop)}">' if crop is not None else ""
    answers = (("seen", "相符" if zh else "in order"), ("breach", "不符" if zh else "breach"))
    accept = line.machine in {Kind.REVIEW, Kind.ERROR} and line.text
    if accept:
        answers = (("accepted", "准许" if zh else "accept"), answers[1])
    ticks = "".join(
        f'<label><input type="radio" name="r{number}" value="{value}"> {said}</label> '
        for value, said in answers
    )
    facts = {
        "rule": line.rule,
        "text": line.text,
        "page": line.page,
        "box": [round(v, 2) for v in line.box or ()],
    }
    if not line.text and line.machine is None:
        facts |= {"page": 0, "box": []}
    data = escape(dumps(facts, ensure_ascii=False), quote=True)
    look = line.machine.value if line.machine else "fine"
    return (
        f'<tr class="{look}" data-line="{data}"><td>{number}. {escape(line.asks.in_(lang))}'
        f"<br><code>{line.rule}</code></td>"
        f"<td>{escape(line.saw.in_(lang))}</td><td>{picture}</td><td>{escape(str(line.clause))}</td>"
        f'<td class="ticks">{ticks}</td><td><input class="remark" size="10"></td></tr>'
    )


def _script(review: Reviewed, lang: str) -> str:
    source = review.report.design.source
    missing = Said(
        "请填写核对人和日期；“不符”和“准许”须写备注。",
        "Fill in who and when; a breach or an acceptance needs a remark.",
    ).in_(lang)
    seen = "人工核对相符" if lang == "zh" else "looked at, in order"
    return (
        f"<script>const digest={_js(source.sha256)},file={_js(source.name + SUFFIX)},"
        f"missing={_js(missing)},seen={_js(seen)};{styles('worksheet.js')}</script>"
    )


def _js(text: str) -> str:
    """A string of the script; a file called '</script>' ends nothing."""
    return dumps(text).replace("<", "\\u003c")
