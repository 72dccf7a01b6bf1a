"""The report as one HTML file to mail: nothing in it is fetched, and it runs no script.

Findings gravest first with their crops, clause and remedy; the pages with numbered marks; what was
found and lawfully passes; and what no machine decided.
"""

from collections.abc import Callable, Sequence
from html import escape
from importlib.resources import files

from certgen.errors import Said
from verify.design.decisions import Item, Reviewed
from verify.design.finding import Kind
from verify.design.report.gallery import Gallery, as_data_url
from verify.design.report.words import line_of, quoted, where
from verify.design.rules import all_rules

_SHOWN = (Kind.ERROR, Kind.REVIEW, Kind.UNDECIDED, Kind.WARNING, Kind.NOTE)
_HEADS = {
    Kind.ERROR: Said("不符合：须修改", "Errors: to be changed"),
    Kind.REVIEW: Said("请说明：需要人来判断", "For review: a person decides"),
    Kind.UNDECIDED: Said("无法判断：机器没能读出或核对", "Undecided: not read or not compared"),
    Kind.WARNING: Said("建议", "Recommendations"),
    Kind.NOTE: Said("提示和已签核", "Notes, and what was signed off"),
}


def numbered(review: Reviewed) -> list[tuple[int, Item]]:
    """What a person reads of a report, numbered from 1; every report uses these numbers."""
    items = [item for kind in _SHOWN for item in review.of(kind)]
    return list(enumerate(items, 1))


def as_html(review: Reviewed, gallery: Gallery, lang: str) -> str:
    """The whole file."""
    say = _speaker(lang)
    source = review.report.design.source
    items = numbered(review)
    body = [
        f"<h1>{say('证书样式检查报告', 'Report on a certificate design')}</h1>",
        _verdict(review, lang),
        _facts(review, lang),
        *(_section(kind, items, gallery, lang) for kind in _SHOWN),
        _pages(review, items, gallery, lang),
        _exempt(review, lang),
        _unused(review, lang),
        _scope(review, lang),
    ]
    title = escape(f"{say('检查报告', 'Report')} {source.name}")
    return page(title, "\n".join(part for part in body if part), lang)


def page(title: str, body: str, lang: str, script: str = "") -> str:
    """A self-contained HTML page in the look of our reports."""
    code = "zh-CN" if lang == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{code}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{styles('report.css')}</style></head>"
        f"<body><main>\n{body}\n</main>{script}</body></html>\n"
    )


def styles(name: str) -> str:
    """A data file beside this module, to stand inside the page."""
    return files("verify.design.report").joinpath(name).read_text(encoding="utf-8")


def _speaker(lang: str) -> Callable[[str, str], str]:
    return lambda zh, en: zh if lang == "zh" else en


def _verdict(review: Reviewed, lang: str) -> str:
    said, look = verdict(review)
    return f'<p class="verdict {look}">{escape(said.in_(lang))}</p>'


def verdict(review: Reviewed) -> tuple[Said, str]:
    """One sentence for the whole, and its look."""
    errors = len(review.of(Kind.ERROR))
    questions, open_ = len(review.of(Kind.REVIEW)), len(review.of(Kind.UNDECIDED))
    if errors:
        return Said(
            f"不符合：{errors} 处须修改，{questions} 处请说明，{open_} 处无法判断",
            f"not in order: {errors} to change, {questions} to explain, {open_} undecided",
        ), "error"
    if questions or open_:
        return Said(
            f"未发现不符合；{questions} 处请说明，{open_} 处无法判断",
            f"no error found; {questions} to explain, {open_} undecided",
        ), "review"
    return Said("未发现不符合之处", "nothing found that is not in order"), "clean"


def _facts(review: Reviewed, lang: str) -> str:
    say = _speaker(lang)
    report = review.report
    source = report.design.source
    pages = "；".join(f"{p.width:.0f}×{p.height:.0f} mm" for p in report.design.pages[:3])
    rows = [
        (say("文件", "File"), source.name),
        ("SHA-256", source.sha256),
        (
            say("格式、页面", "Format, pages"),
            f"{source.format.value.upper()}，{len(report.design.pages)} ({pages})",
        ),
        (
            say("评价机构", "Agency"),
            report.filing.name if report.filing else say("未提供", "not given"),
        ),
        (say("检查方案", "Profile"), f"{report.profile.said.in_(lang)} ({report.profile.id})"),
        *((say("说明", "Note"), note.in_(lang)) for note in source.notes),
    ]
    lines = "".join(f"<tr><th>{escape(k)}</th><td>{escape(v)}</td></tr>" for k, v in rows)
    return f'<table class="facts">{lines}</table>'


def _section(kind: Kind, items: Sequence[tuple[int, Item]], gallery: Gallery, lang: str) -> str:
    here = [(number, item) for number, item in items if item.kind is kind]
    if not here:
        return ""
    cards = "\n".join(_card(number, item, gallery, lang) for number, item in here)
    return (
        f'<h2>{escape(_HEADS[kind].in_(lang))} <span class="count">{len(here)}</span></h2>\n{cards}'
    )


def _card(number: int, item: Item, gallery: Gallery, lang: str) -> str:
    say = _speaker(lang)
    finding = item.finding
    place = finding.place
    parts = [
        f'<article class="{item.kind.value}" id="f{number}"><h3><b>{number}</b> {escape(finding.said.in_(lang))}</h3>'
    ]
    crop = gallery.crop(place.page, place.box, item.kind) if place.box else None
    if crop is not None:
        parts.append(
            f'<img class="crop" alt="{escape(finding.said.in_(lang))}" src="{as_data_url(crop)}">'
        )
    if place.context:
        line = line_of(place)
        parts.append(
            f'<p class="line">{escape(line.before)}<mark>{escape(line.span)}</mark>{escape(line.behind)}</p>'
        )
    parts.append(f'<p class="where">{escape(where(place).in_(lang))}</p>')
    parts.append(
        f"<p><b>{say('怎么办：', 'What to do: ')}</b>{escape(finding.remedy.in_(lang))}</p>"
    )
    clause = quoted(finding)
    rule = escape(finding.rule)
    parts.append(
        f'<p class="clause">{escape(clause)} <code>{rule}</code></p>'
        if clause
        else f"<p><code>{rule}</code></p>"
    )
    if item.decision:
        parts.append(f'<p class="decision">{escape(item.decision.said.in_(lang))}</p>')
    return "".join(parts) + "</article>"


def _pages(review: Reviewed, items: Sequence[tuple[int, Item]], gallery: Gallery, lang: str) -> str:
    say = _speaker(lang)
    out = []
    for page_ in review.report.design.pages[:20]:
        here = [(n, item) for n, item in items if item.finding.place.page == page_.number]
        picture = gallery.marked(page_.number, here)
        if picture is not None:
            head = say(f"第 {page_.number} 页", f"Page {page_.number}")
            out.append(
                f'<h3>{head}</h3><img class="sheet" alt="{head}" src="{as_data_url(picture)}">'
            )
    if not out:
        out = [
            f"<p>{say('此格式在本机上无法画出页面。', 'This machine cannot draw pages of this format.')}</p>"
        ]
    return f"<h2>{say('标注页面', 'Marked pages')}</h2>" + "\n".join(out)


def _exempt(review: Reviewed, lang: str) -> str:
    say = _speaker(lang)
    items = review.of(Kind.EXEMPT)
    if not items:
        return ""
    rows = "".join(
        f"<li>{escape(item.finding.said.in_(lang))}"
        f' <span class="where">{escape(where(item.finding.place).in_(lang))}</span><br>'
        f'<span class="clause">{escape(quoted(item.finding))}</span></li>'
        for item in items
    )
    head = say("含禁用字样而准许的", "Banned words that may stand")
    return f"<details><summary>{head} ({len(items)})</summary><ul>{rows}</ul></details>"


def _unused(review: Reviewed, lang: str) -> str:
    say = _speaker(lang)
    if not review.unused:
        return ""
    rows = "".join(
        f"<li><code>{escape(u.decision.rule)}</code> {escape(u.decision.text)} {escape(u.said.in_(lang))}</li>"
        for u in review.unused
    )
    return f"<h2>{say('未起作用的审查决定', 'Decisions that closed nothing')}</h2><ul>{rows}</ul>"


def _scope(review: Reviewed, lang: str) -> str:
    say = _speaker(lang)
    rules = all_rules()
    names = (
        "、".join(rules[id_].said.zh for id_ in review.report.rules)
        if lang == "zh"
        else "; ".join(rules[id_].said.en for id_ in review.report.rules)
    )
    note = say(
        "机器检查不能代替人工审核：图形的含义、照片是否近半年内拍摄、印章是否备案，须由人判断，见核对单。",
        "A machine does not replace a reviewer: what a picture means, how old a photo is, whether a seal is filed, a "
        "person decides with the worksheet.",
    )
    head = say("检查了哪些项目", "What was checked")
    return (
        f'<p class="note">{note}</p>'
        f"<details><summary>{head}</summary><p>{escape(names)}</p></details>"
    )
