"""Where the passphrase (口令) of a key or the PIN of a token comes from: descriptor, variable or prompt.

Never from a command line, where every user of the machine can read it, and never from the agency
file, which people send by mail.
"""

import os
from collections.abc import Callable

from certgen.errors import SigningError

_PROMPT = "签名私钥口令 / passphrase of the signing key"


def read_passphrase(
    *, env: str, fd: int | None, ask: Callable[[str], str] | None, of: str = ""
) -> bytes:
    """The passphrase from descriptor `fd`, else from the variable named `env`, else from `ask`.

    Of a descriptor each call takes one line, without its line end: several keys have theirs one after
    another, the agency's first. `ask` gets the prompt, which names the key `of`, and must not
    echo (`getpass.getpass`); it is None where nobody can answer.
    """
    if fd is not None:
        return _read_descriptor(fd)
    if (value := os.environ.get(env)) is not None:
        return value.encode()
    if ask is not None:
        return ask(f"{_PROMPT} {of}: ").encode()
    raise SigningError(
        zh=f"没有签名私钥口令：请设置环境变量 {env}，或用文件描述符传入，或在终端中运行后输入",
        en=f"no passphrase for the signing key: set the environment variable {env}, "
        "pass a file descriptor, or run in a terminal and type it",
    )


def _read_descriptor(fd: int) -> bytes:
    try:
        line = bytearray()
        while (byte := os.read(fd, 1)) not in (b"", b"\n"):  # no buffer: the next line is another's
            line += byte
        return bytes(line).rstrip(b"\r")
    except OSError as error:
        raise SigningError(
            zh=f"无法从文件描述符 {fd} 读取口令：请检查启动命令的重定向",
            en=f"cannot read the passphrase from descriptor {fd}: check the redirection",
        ) from error
