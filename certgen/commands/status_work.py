"""What `certgen status` does; its options stand in `status`, so that --help loads nothing."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from certgen import api
from certgen.commands import key_words
from certgen.errors import InputError
from certgen.exchange import agency_file, key_list, status_list
from certgen.exchange import pack as packs
from certgen.issuing import statuses
from certgen.registry.entries import Mark
from certgen.registry.register import Register
from certgen.sign.payload_opening import open_payload_key
from certgen.sign.secret_files import write_new


def publish(
    agency: Path,
    output: Path,
    days: int,
    secret: Callable[[str], bytes],
    now: datetime,
    lang: str,
) -> None:
    """Sign what the register says now."""
    described = agency_file.load(agency)
    signer = open_payload_key(described, lambda key: secret(key.passphrase_env))
    if signer is None:
        raise InputError(
            zh="机构配置 [qr] 没有签名密钥：状态清单由它签发",
            en="the agency file names no key under [qr]: that key signs the status list",
        )
    _refuse_existing(output)  # before a number is taken for it
    with _register(described.register) as register:
        life = timedelta(days=days)
        data = statuses.publish(described, register, signer, now=now, life=life)
    write_new(output, data, secret=False)
    key_words.status_list(status_list.parse(data), lang)
    key_words.written((output,))


def mark(agency: Path, code: str, wanted: str, reason: str, lang: str) -> None:
    """Change what the next status list says of one certificate."""
    described = agency_file.load(agency)
    kind = Mark.NONE if wanted == "valid" else Mark(wanted)
    with _register(described.register) as register:
        register.mark(code, kind, reason)
    key_words.said(
        lang,
        zh="已登记；请签发新的状态清单（certgen status publish），核验者才会知道。",
        en="Noted; publish a status list (certgen status publish), or no verifier will know.",
    )


def pack(files: Sequence[Path], output: Path, lang: str) -> None:
    """Put lists and packs into one pack, each list once."""
    key_lists: dict[bytes, None] = {}
    status_lists: dict[bytes, None] = {}
    for file in files:
        lists = packs.read(file.read_bytes())
        key_lists |= dict.fromkeys(data for data, _ in lists.key_lists)
        status_lists |= dict.fromkeys(data for data, _ in lists.status_lists)
    write_new(output, packs.make(list(key_lists), list(status_lists)), secret=False)
    for data in key_lists:
        key_words.key_list(key_list.parse(data), lang)
    for data in status_lists:
        key_words.status_list(status_list.parse(data), lang)
    key_words.written((output,))


def _register(path: Path) -> Register:
    if not path.exists():
        raise InputError(zh="还没有台账", en="there is no register yet")
    return Register.open(path, clock=api.now)


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise InputError(zh=f"{path} 已存在，不会覆盖", en=f"{path} exists and is not overwritten")
