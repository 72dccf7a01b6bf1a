"""What both command lines share: they speak Chinese or English, and turn errors into exit codes.

Exit codes: 0 nothing to report; 1 findings, refused rows or INVALID; 2 usage, or nothing could be read
or done; 3 undecided: only review left, or INDETERMINATE. Commands are imported when they are
called, so that `--help` of the whole is instant.
"""

import locale
import os
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import click

from certgen.errors import CertgenError, Said


def language() -> str:
    """'zh' where the environment or the system speaks Chinese, else 'en'."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "zh" if os.environ[name].lower().startswith("zh") else "en"
    return "zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"


_OTHERS = "其他 Other commands"
_WHOLE_LINE = 400  # characters: more than any first line has
_INTERRUPTED = Said(zh="已中断", en="interrupted")


class WholeLines(click.Group):
    """A group whose `--help` shows the whole first line of each command, not as much as fits one line."""

    sections: Mapping[str, Sequence[str]] = {}

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Every command with its whole first line, under its section."""
        placed = {name for names in self.sections.values() for name in names}
        others = [name for name in self.list_commands(ctx) if name not in placed]
        for title, names in {**self.sections, _OTHERS: others}.items():
            rows = [
                (name, command.get_short_help_str(limit=_WHOLE_LINE))
                for name in names
                if (command := self.get_command(ctx, name)) is not None
            ]
            if rows:
                with formatter.section(title if self.sections else "Commands"):
                    formatter.write_dl(rows)


class SpeakingGroup(WholeLines):
    """A group whose errors are a sentence in the user's language and exit code 2.

    `elsewhere` maps the name of a command to where it is written: {"keys": "certgen.commands.keys:keys"}.
    `sections` groups the commands in `--help`: {"每日 Every day": ("check", "issue")}; the others come last.
    `interrupted` is what to say after Ctrl-C: what is kept, and how to go on.
    """

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401  (click's own signature)
        elsewhere: Mapping[str, str] | None = None,
        sections: Mapping[str, Sequence[str]] | None = None,
        interrupted: Said = _INTERRUPTED,
        **options: Any,  # noqa: ANN401  (click's own signature)
    ) -> None:
        super().__init__(*arguments, **options)
        self._elsewhere = dict(elsewhere or {})
        self.sections = dict(sections or {})
        self._interrupted = interrupted

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Those written here and those written elsewhere."""
        return sorted({*super().list_commands(ctx), *self._elsewhere})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported when it is asked for."""
        if cmd_name not in self._elsewhere:
            return super().get_command(ctx, cmd_name)
        module, _, name = self._elsewhere[cmd_name].partition(":")
        command = getattr(import_module(module), name)
        if not isinstance(command, click.Command):
            raise TypeError(self._elsewhere[cmd_name])
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  (click's own signature)
        """Run the command."""
        try:
            return super().invoke(ctx)
        except CertgenError as problem:
            lang = (ctx.obj or {}).get("lang") or language()
            click.echo(("错误：" if lang == "zh" else "error: ") + problem.said.in_(lang), err=True)
            ctx.exit(2)
        except KeyboardInterrupt:
            lang = (ctx.obj or {}).get("lang") or language()
            click.echo(self._interrupted.in_(lang), err=True)
            ctx.exit(2)
