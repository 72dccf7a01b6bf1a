"""The report as one self-contained HTML page that prints on one sheet of A4: picture, fields, evidence, lists, digest.

Nothing is loaded from anywhere and nothing is sent: a content security policy says so to the browser. Everything that
came out of a certificate is escaped; what is not proven is shown and marked.
"""

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from html import escape
from importlib.resources import files

from certgen.errors import Said
from certgen.standards.addresses import CERTIFICATE_QUERY
from certgen.standards.codes.identify import DocumentKind
from verify.advice import COMPARE
from verify.claims import Field
from verify.evidence import Axis, Evidence, Outcome
from verify.fields_shown import Shown, fields
from verify.report import Report
from verify.verdict import Answer, Verdict

_AXES = {
    Axis.GRAMMAR: Said("编码与格式", "code and form"),
    Axis.DOCUMENT: Said("证书与签名", "document and signature"),
    Axis.REGISTER: Said("登记与状态", "register and status"),
}
_OPEN_FIRST = (Outcome.FAILED, Outcome.ERROR, Outcome.SKIPPED, Outcome.PASSED)
_DECIDED_FIRST = (Outcome.FAILED, Outcome.ERROR, Outcome.PASSED, Outcome.SKIPPED)
_TELLING = frozenset({"payload/signature", "pdf/signature", "status/standing", "register/entry"})
_TITLE = Said("证书核验报告", "Certificate verification report")


def render(report: Report, *, picture: bool = True) -> str:
    """The page. `picture` False leaves out the picture, on which an identity number stands."""
    return _page(f"{_TITLE.zh} {_TITLE.en}", _body(report, picture=picture))


def _page(title: str, body: str) -> str:
    style, script = _asset("html.css"), _asset("html.js")
    policy = (
        "default-src 'none'; img-src data:; "
        f"style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{escape(title)}</title><style>{style}</style></head>\n"
        f"<body>{body}<script>{script}</script></body></html>\n"
    )


def _body(report: Report, *, picture: bool) -> str:
    shown = fields(report)
    return "\n".join(
        part
        for part in (
            _header(report),
            _axes(report),
            _caveats(report),
            _pair(report, shown, picture=picture),
            _code(report),
            _steps(report, shown),
            _evidence(report),
            _footer(report),
        )
        if part
    )


def _header(report: Report) -> str:
    verdict = report.verdict
    decided = report.judgement.because
    if verdict is Verdict.VALID:
        decided = tuple(one for one in decided if one.check in _TELLING)
    because = "<br>".join(_both(one.said) for one in decided[:3])
    return (
        f'<header class="{verdict.value}"><h1>{verdict.said.zh}<span>{verdict.said.en}</span></h1>'
        f"<p>{because}</p></header>"
    )


def _axes(report: Report) -> str:
    def one(axis: Axis, answer: Answer) -> str:
        return f'<li>{_both(_AXES[axis])} <b class="{answer.value}">{_both(answer.said)}</b></li>'

    answers = report.judgement.answers
    return f'<ul class="axes">{"".join(one(axis, answers[axis]) for axis in Axis)}</ul>'


def _caveats(report: Report) -> str:
    if not report.caveats:
        return ""
    lines = "".join(
        f'<p class="{"first" if said == COMPARE else ""}">{_both(said)}</p>'
        for said in report.caveats
    )
    return f'<div class="compare">{lines}</div>'


def _pair(report: Report, shown: Iterable[Shown], *, picture: bool) -> str:
    image = ""
    if picture and report.picture:
        data = base64.b64encode(report.picture).decode("ascii")
        image = f'<img alt="送验图片 the picture as received" src="data:image/jpeg;base64,{data}">'
    table = f"<table>{''.join(_field(one) for one in shown)}</table>"
    alone = "" if image else " alone"
    return f'<div class="pair fields{alone}">{image}{table}</div>'


def _field(one: Shown) -> str:
    mark = Said("已验证", "proven") if one.trusted else Said("未验证", "not proven")
    colour = "passed" if one.trusted else "skipped"
    differs = "".join(
        f'<span class="differs">≠ {_both(channel.said)}：{escape(value or "--")}</span>'
        for channel, value in one.others
    )
    copies = one.field in {Field.NAME, Field.CODE}
    copy = (
        f'<button type="button" data-copy="{escape(one.value)}">复制 copy</button>'
        if copies
        else ""
    )
    return (
        f'<tr class="{"proven" if one.trusted else "claimed"}">'
        f'<th>{escape(one.label.zh)}<span class="en">{escape(one.label.en)}</span></th>'
        f'<td><span class="value">{escape(one.value)}</span>'
        f'<span class="origin {colour}">{_both(mark)} · {escape(one.channel.said.zh)}{copy}</span>'
        f"{differs}</td></tr>"
    )


def _code(report: Report) -> str:
    title = '<h2>编码逐位说明 <span class="en">the code, digit by digit</span></h2>'
    if not report.parts:
        return f"{title}<p>{_both(report.kind_said)}</p>"
    parts = "".join(
        f"<li><b>{escape(part.text)}</b>{escape(part.name.zh)}<br>"
        f'{escape(part.meaning.zh)} <span class="en">{escape(part.meaning.en)}</span></li>'
        for part in report.parts
    )
    return f'{title}<ul class="code">{parts}</ul>'


def _steps(report: Report, shown: Iterable[Shown]) -> str:
    if not report.advice:
        return ""
    steps = "".join(f"<li>{_both(said)}</li>" for said in report.advice)
    code = next((one.value for one in shown if one.field is Field.CODE), "")
    form = _form(code) if code and report.kind is DocumentKind.CERTIFICATE else ""
    return f'<h2>下一步 <span class="en">what to do next</span></h2><ul>{steps}</ul>{form}'


def _form(code: str) -> str:
    """What a person saw on the official page becomes a small file for `certverify code --official`."""
    return (
        f'<form data-code="{escape(code)}"><b>记录官方查询结果 <span class="en">record what the official page '
        f"said</span></b><code>{escape(CERTIFICATE_QUERY)}</code>"
        '<label><input type="radio" name="found" value="yes" required> 查到 found</label>'
        '<label><input type="radio" name="found" value="no"> 未查到 not found</label>'
        '<label>查询人 by <input type="text" name="by" required maxlength="100"></label>'
        '<label>截图 screenshot <input type="file" name="screenshot" accept="image/*"></label>'
        '<button type="submit">保存记录 save</button></form>'
    )


def _evidence(report: Report) -> str:
    quiet = {part for part in report.evidence if part.number in range(101, 108)}
    told = [
        one
        for one in report.evidence
        if not (one in quiet and one.outcome is Outcome.PASSED)  # the code stands above
    ]
    order = _OPEN_FIRST if report.verdict is Verdict.INDETERMINATE else _DECIDED_FIRST
    told.sort(key=lambda one: (order.index(one.outcome), one.number))
    lines = "".join(_line(one) for one in told)
    return f'<h2>证据 <span class="en">evidence</span></h2><ol class="evidence">{lines}</ol>'


def _line(one: Evidence) -> str:
    clause = f" {escape(one.clause)}" if one.clause else ""
    return (
        f'<li class="{one.outcome.value}"><span>{_both(one.said)}</span> '
        f"<small>{one.number} {escape(one.check)}{clause}</small></li>"
    )


def _footer(report: Report) -> str:
    subject = report.subject
    lines = [
        f"{escape(subject.name)} · {subject.size} B · SHA-256 {subject.sha256 or '—'}"
        + (f" · 第 {subject.page}/{subject.pages} 页" if subject.pages > 1 else ""),
    ]
    for source in report.sources:
        number = f" No.{source.number}" if source.number is not None else ""
        dated = f" {source.issued} – {source.expires or ''}" if source.issued else ""
        lines.append(
            f"{escape(source.kind)}{number}：{escape(source.issuer)}{dated}"
            + ("（已过期 expired）" if source.expired else "")
        )
    if not report.sources:
        lines.append("没有用到任何名单 no list was relied on")
    when = report.checked_at.isoformat(sep=" ", timespec="seconds")
    lines.append(
        f"{escape(report.software)} · {when} · 全程离线 nothing was looked up on a network"
    )
    return f"<footer>{'<br>'.join(lines)}</footer>"


def _both(said: Said) -> str:
    return f'{escape(said.zh)} <span class="en">{escape(said.en)}</span>'


def _digest(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
    return f"sha256-{digest}"


@cache
def _asset(name: str) -> str:
    return files("verify").joinpath(name).read_text(encoding="utf-8")
