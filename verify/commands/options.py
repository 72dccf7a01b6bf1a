"""What the commands of the verifier share: their options, and how a report leaves."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from certgen.errors import InputError
from verify.commands.trust import trusting

if TYPE_CHECKING:
    from certgen.exchange.register_view import RegisterView
    from verify.pipeline import Against
    from verify.report import Report
    from verify.trust_store import Held


@dataclass(frozen=True, slots=True)
class Given:
    """The options, as given."""

    trust: Path | None
    allow_sample: bool
    register: Path | None
    official: Path | None
    as_json: bool
    html: Path | None
    case: Path | None
    everything: bool
    lang: str


_OPTIONS = (
    click.option(
        "--register",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="同时查询台账文件 Also ask this register file.",
    ),
    click.option(
        "--official",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="官方查询的人工记录 A record made with `certverify record`.",
    ),
    click.option("--json", "as_json", is_flag=True, help="输出 JSON JSON instead of the card."),
    click.option(
        "--html",
        type=click.Path(path_type=Path, dir_okay=False),
        help="另存一页可打印的报告 Also write a one-page report to print.",
    ),
    click.option(
        "--case",
        type=click.Path(path_type=Path, file_okay=False),
        help="另存全部案卷 Also keep everything in this folder, to be checked again later.",
    ),
    click.option(
        "--all", "everything", is_flag=True, help="列出所有通过的项目 List what passed, too."
    ),
)


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the shared options to a command, which gets them as one `Given`."""

    @wraps(command)
    @click.pass_obj
    def called(obj: dict[str, str], /, **values: Any) -> None:  # noqa: ANN401 - click's
        names = (
            "trust",
            "allow_sample",
            "register",
            "official",
            "as_json",
            "html",
            "case",
            "everything",
        )
        given = Given(**{name: values.pop(name) for name in names}, lang=obj["lang"])
        command(given, **values)

    wrapped: Callable[..., None] = trusting(called)
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


def now() -> datetime:
    """The local time with its zone."""
    return datetime.now(UTC).astimezone()


def trusted(given: Given) -> "Held":
    """The trust store that was given, or the user's own."""
    return open_store(given.trust, allow_sample=given.allow_sample)


def open_store(folder: Path | None, *, allow_sample: bool) -> "Held":
    """The trust store in `folder`; None: the user's own."""
    from verify.trust_store import Held  # noqa: PLC0415

    return Held.open(folder, allow_sample=allow_sample)


@contextmanager
def asked_register(path: Path | None) -> Iterator["RegisterView | None"]:
    """The register at `path`, if one was given. Loaded by name: the verifier itself knows no database."""
    if path is None:
        yield None
        return
    view: RegisterView = import_module("certgen.registry.view").open_view(path)
    try:
        yield view
    finally:
        view.close()


def official(given: Given) -> Any:  # noqa: ANN401 - OfficialAnswer, loaded late
    """The recorded answer that was given."""
    if given.official is None:
        return None
    from verify.official import read  # noqa: PLC0415

    return read(given.official)


def leave(
    report: "Report",
    given: Given,
    against: "Against",
    *,
    source: Path | None = None,
    page: int | None = None,
    ocr: bool | None = None,
) -> int:
    """Print and write what was asked for; the exit code."""
    if given.as_json:
        click.echo(json.dumps(report.to_json(), ensure_ascii=False, indent=2))
    else:
        from verify.terminal import card  # noqa: PLC0415

        card.show(report, given.lang, everything=given.everything)
    if given.html is not None:
        from verify.html import render  # noqa: PLC0415

        write_text(given.html, render(report))
        click.echo(given.html, err=True)
    if given.case is not None:
        _keep(report, given, against, source, page, ocr=ocr)
        click.echo(given.case, err=True)
    return report.verdict.exit_code


def _keep(
    report: "Report",
    given: Given,
    against: "Against",
    source: Path | None,
    page: int | None,
    *,
    ocr: bool | None,
) -> None:
    from verify import case  # noqa: PLC0415
    from verify.page import ocr as extra  # noqa: PLC0415

    how = case.How(
        kind=report.subject.kind,
        source=source.name if source else "",
        code="" if source else report.subject.name,
        page=page,
        asked=against.asked,
        ocr=extra.installed() if ocr is None else ocr,
        allow_sample=given.allow_sample,
        now=report.checked_at.isoformat(),
        software=report.software,
    )
    case.keep(given.case or Path(), report, how, source, trusted(given).store.folder, against)


def write_text(path: Path, text: str) -> None:
    """Write a file, or say in words why not."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise InputError(
            zh=f"无法写入 {path}：{problem.strerror}", en=f"cannot write {path}: {problem.strerror}"
        ) from problem
