"""`certverify serve`: the verification page on this computer, with the Python pipeline behind its file button."""

import socket
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from certgen.errors import InputError, Said
from verify.commands.trust import trusting

LOOPBACK = ("127.0.0.1", "localhost")


@click.command(epilog="例 Example:  certverify serve")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="监听地址，默认只有本机能访问 Address to listen on; by default only this computer.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=8766, show_default=True)
@click.option(
    "--name",
    "names",
    multiple=True,
    help="允许的访问主机名（监听其他地址时必需） Host name it answers to (needed with other addresses).",
)
@click.option(
    "--minutes-limit",
    "per_minute",
    type=click.IntRange(1, 600),
    default=30,
    show_default=True,
    help="每个客户端每分钟最多核验的文件数 Files of one client in a minute.",
)
@trusting
@click.pass_obj
def serve(
    obj: dict[str, str],
    host: str,
    port: int,
    names: tuple[str, ...],
    per_minute: int,
    trust: Path | None,
    *,
    allow_sample: bool,
) -> None:
    """在本机打开核验页面 Serve the page on this computer; files go to the Python pipeline.

    图片和 PDF 交给本机的 certverify 核验：不保存，不记录内容，不访问网络。按 Ctrl-C 结束。
    Pictures and PDFs are checked by certverify here: nothing is stored, nothing logged, no network. Ctrl-C ends it.
    """
    _uvicorn()
    allowed = _names(host, names)
    with TemporaryDirectory(prefix="certverify-") as place, _listening(host, port) as listening:
        _build(Path(place), trust, allow_sample=allow_sample)
        said = Said(
            zh=f"请用浏览器打开 {_address(listening)} （按 Ctrl-C 结束）",
            en=f"open {_address(listening)} in a browser (Ctrl-C ends it)",
        )
        click.echo(said.in_(obj["lang"]), err=True)
        _run(Path(place), listening, allowed, per_minute, trust, allow_sample=allow_sample)


def _uvicorn() -> None:
    try:
        import starlette  # noqa: F401, PLC0415
        import uvicorn  # noqa: F401, PLC0415
    except ImportError as error:
        raise InputError(
            zh='缺少网页服务组件，请运行：pip install "certgen[web]"',
            en='the web parts are not installed: pip install "certgen[web]"',
        ) from error


def _names(host: str, names: tuple[str, ...]) -> list[str]:
    """Host names that are answered: another site's name that leads here is refused (DNS rebinding)."""
    if host in LOOPBACK:
        return [*LOOPBACK, *names]
    if not names:
        raise InputError(
            zh=f"监听 {host} 时请用 --name 指明访问用的主机名或地址，例如 --name 192.168.1.5",
            en=f"with --host {host} say by --name which host name or address people use, "
            "for instance --name 192.168.1.5",
        )
    return [*LOOPBACK, *names]


def _build(place: Path, trust: Path | None, *, allow_sample: bool) -> None:
    """The page of this trust store. One that pins nothing is served too: it explains numbers, and reads."""
    from verify.trust.store import TrustStore  # noqa: PLC0415 - loaded when it is asked for
    from verify.web.build import Page, build  # noqa: PLC0415
    from verify.web.pinned import contents  # noqa: PLC0415

    now = datetime.now(UTC)
    store = TrustStore.open(trust, allow_sample=allow_sample)
    made = Page(
        Said("本机核验", "on this computer"),
        now.date().isoformat(),
        contents(store, (), now, allow_sample=allow_sample),
        sample=allow_sample,
        api="api/check",
    )
    build(place, made)


def _run(
    place: Path,
    listening: socket.socket,
    names: list[str],
    per_minute: int,
    trust: Path | None,
    *,
    allow_sample: bool,
) -> None:
    """Serve until somebody ends it. No access log: addresses hold certificate numbers."""
    import uvicorn  # noqa: PLC0415 - an extra

    from verify.web.examine import examiner  # noqa: PLC0415
    from verify.web.limits import Limits  # noqa: PLC0415
    from verify.web.server import application  # noqa: PLC0415

    examine = examiner(trust, allow_sample=allow_sample)
    app = application(place, examine, names, Limits(per_minute=per_minute))
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=64,
        timeout_keep_alive=5,
    )
    with suppress(KeyboardInterrupt):  # how it is meant to end
        uvicorn.Server(config).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise InputError(
            zh=f"无法监听 {host}:{port}（{error.strerror}）：换一个端口，例如 --port 0",
            en=f"cannot listen on {host}:{port} ({error.strerror}): try another port, "
            "for instance --port 0",
        ) from error


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://{host}:{port}/c/"
