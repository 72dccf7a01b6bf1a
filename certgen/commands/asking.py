"""How a command gets the passphrase (口令) of a key: never from the command line itself."""

import sys
from collections.abc import Callable

import click

from certgen.exchange.agency import KeyFile, PayloadKeyFile
from certgen.sign.passphrase import read_passphrase


def passphrase_from(fd: int | None) -> Callable[[KeyFile | PayloadKeyFile], bytes]:
    """From a descriptor, the variable the agency file names, or a prompt."""

    def ask(prompt: str) -> str:
        return str(click.prompt(prompt.rstrip(": "), hide_input=True, err=True))

    def read(key: KeyFile | PayloadKeyFile) -> bytes:
        return read_passphrase(
            env=key.passphrase_env,
            fd=fd,
            ask=ask if sys.stdin.isatty() else None,
            of=key.shown,
        )

    return read
