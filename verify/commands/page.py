"""`certverify page`: makes the folder of the verification page for an agency or a province to publish."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from certgen.errors import Said
from verify.commands.trust import trusting


@click.command(
    epilog='例 Example:  certverify page 网站/c --trust 信任库 --publisher "云河职业技能评价中心"'
)
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--publisher", default="", help="发布者，显示在标题下 Who publishes it, under the title."
)
@click.option("--publisher-en", default="", help="发布者英文名 The same in English.")
@click.option(
    "--list",
    "lists",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="随页面发布的清单，可多次，文件名不变（默认：信任库中的全部清单） "
    "A list to publish with it, under its own name; may be repeated (default: all of the store).",
)
@trusting
@click.pass_obj
def page(
    obj: dict[str, str],
    out: Path,
    publisher: str,
    publisher_en: str,
    lists: tuple[Path, ...],
    trust: Path | None,
    *,
    allow_sample: bool,
) -> None:
    """制作核验页面文件夹 Make the folder of the verification page: HTML, script, WASM; no server.

    页面只信任信任库（certverify trust）中固定的密钥。首次制作需要 npm 下载二维码识别组件。
    It trusts what the trust store pins. The first build needs npm for the QR decoder.
    """
    from verify.web.build import Page, build  # noqa: PLC0415 - loaded when it is asked for
    from verify.web.pinned import contents, opened  # noqa: PLC0415

    now = datetime.now(UTC)
    found = contents(
        opened(trust, allow_sample=allow_sample), lists, now, allow_sample=allow_sample
    )
    made = Page(Said(publisher, publisher_en or publisher), _today(now), found, sample=allow_sample)
    for name in build(out, made):
        click.echo(out / name)
    said = Said(
        zh=f"页面已制作。请把 {out} 的内容发布到网站的 /c/ 路径下，设置见 docs/verification-page.md；"
        "也可以直接双击 index.html 使用",
        en=f"the page is made. Publish the contents of {out} under /c/ of the web site, as docs/verification-page.md "
        "says; index.html also works from the disk",
    )
    click.echo(said.in_(obj["lang"]), err=True)


def _today(now: datetime) -> str:
    """The day of the build, or of SOURCE_DATE_EPOCH: then the same input gives the same bytes."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isascii() and epoch.isdigit() else now
    return moment.date().isoformat()
