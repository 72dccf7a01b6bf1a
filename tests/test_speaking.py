from importlib.metadata import entry_points

import click
import pytest
from click.testing import CliRunner

from certgen.errors import InputError, Said
from certgen.speaking import SpeakingGroup


def group_of(raised: BaseException) -> SpeakingGroup:
    group = SpeakingGroup(interrupted=Said("已中断，可继续", "interrupted, go on"))

    @group.command()
    def fail() -> None:
        raise raised

    return group


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "错误：没有文件\n"), ("en", "error: no file\n")], ids=["zh", "en"]
)
def test_an_error_is_a_sentence_in_the_users_language_and_exit_code_2(lang: str, said: str) -> None:
    done = CliRunner().invoke(
        group_of(InputError(zh="没有文件", en="no file")), ["fail"], obj={"lang": lang}
    )
    assert (done.exit_code, done.stderr) == (2, said)


def test_an_interruption_says_how_to_go_on() -> None:
    done = CliRunner().invoke(group_of(KeyboardInterrupt()), ["fail"], obj={"lang": "zh"})
    assert (done.exit_code, done.stderr) == (2, "已中断，可继续\n")


@pytest.mark.parametrize("program", ["certgen", "certverify"])
def test_every_command_written_elsewhere_is_there_and_has_help(program: str) -> None:
    (entry,) = entry_points(group="console_scripts", name=program)
    main = entry.load()
    context = click.Context(main, info_name=program)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        assert command.get_short_help_str()
