"""The command line of verifier and reviewer: `certverify`.

Results go to stdout, talk to stderr. Exit codes: 0 VALID or nothing to report; 1 INVALID or errors found; 2 usage, or
nothing could be read; 3 INDETERMINATE, or only review is left. Each command is imported when it is called.
"""

import click

from certgen import __version__
from certgen.speaking import SpeakingGroup, language

COMMANDS: dict[str, str] = {
    "batch": "verify.commands.batch:batch",
    "code": "verify.commands.code:code",
    "letter-template": "verify.commands.letter_template:letter_template",
    "lint": "verify.commands.lint:lint",
    "page": "verify.commands.page:page",
    "pdf": "verify.commands.pdf:pdf",
    "photo": "verify.commands.photo:photo",
    "record": "verify.commands.record:record",
    "rerun": "verify.commands.rerun:rerun",
    "rule": "verify.commands.rule:rule",
    "serve": "verify.commands.serve:serve",
    "signatures": "verify.commands.signatures:signatures",
    "trust": "verify.commands.trust:trust",
}
"""Where each command is written: {name: "package.module:command"}."""


@click.group(
    cls=SpeakingGroup,
    elsewhere=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="certverify")
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), help="语言 Language (default: from the locale)."
)
@click.pass_context
def main(ctx: click.Context, lang: str | None) -> None:
    """职业技能等级证书核验 Verify vocational skill-level certificates, and check proposed designs.

    全部离线完成，不访问网络。 Everything works offline; nothing is fetched.
    """
    ctx.obj = {"lang": lang or language()}
