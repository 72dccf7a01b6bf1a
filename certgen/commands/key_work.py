"""What `certgen keys` does; its options stand in `keys`, so that --help loads nothing."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from certgen.commands import key_words
from certgen.errors import InputError
from certgen.exchange import agency_file, key_list, pack
from certgen.exchange.cose import Algorithm
from certgen.sign import key_desk, payload_keys
from certgen.sign.key_desk import Changes
from certgen.sign.secret_files import write_new

Secret = Callable[[str], bytes]
"""Gets a passphrase, given the name of a variable to look into; '' none."""

_ALGORITHMS = {"es256": Algorithm.ES256, "eddsa": Algorithm.EDDSA}


def make(path: Path, algorithm: str, secret: Secret) -> None:
    """A new key; its fingerprint is what everybody else needs."""
    if path.exists():  # before a passphrase is asked for
        raise InputError(zh=f"{path} 已存在，不会覆盖", en=f"{path} exists and is not overwritten")
    made = payload_keys.make(path, secret(""), _ALGORITHMS[algorithm])
    key_words.fingerprint(payload_keys.public_path(path).name, made.fingerprint)
    key_words.written((path, payload_keys.public_path(path)))


def fingerprints(files: Sequence[Path]) -> int:
    """Print those of public keys in PEM; 2 if there is none."""
    for file in files:
        key_words.fingerprint(str(file), payload_keys.fingerprint_of(file))
    return 0 if files else 2


def introduce(
    first: date,
    last: date,
    secret: Secret,
    now: datetime,
    *,
    agency: Path,
    key: Path | None,
    certificates: tuple[Path, ...],
    days: int,
    output: Path,
) -> None:
    """Write the introduction of one key."""
    described = agency_file.load(agency)
    own = described.payload_key
    if key is None and own is None:
        raise InputError(
            zh="机构配置 [qr] 没有 key：请先用 certgen keys make 生成，或用 --key 指定",
            en="the agency file names no key under [qr]: make one with certgen keys make, or give --key",
        )
    path = key or (own.path if own else Path())
    opened = payload_keys.load(path, secret(own.passphrase_env if own and key is None else ""))
    data = key_desk.introduce(
        described,
        opened,
        first=first,
        last=last,
        pdf_certificates=[certificate.read_bytes() for certificate in certificates],
        now=now,
        life=timedelta(days=days),
    )
    write_new(output, data, secret=False)
    key_words.fingerprint(described.name, opened.fingerprint)
    key_words.written((output,))


def publish(
    root: Path,
    secret: Secret,
    since: date,
    now: datetime,
    lang: str,
    *,
    previous: Path | None,
    additions: tuple[Path, ...],
    retired: tuple[str, ...],
    compromised: tuple[str, ...],
    days: int,
    output: Path,
) -> None:
    """Write the next key list, and show all of it."""
    opened = payload_keys.load(root, secret(""))
    changes = Changes(
        [path.read_bytes() for path in additions],
        dict.fromkeys(map(_typed, retired), since),
        dict.fromkeys(map(_typed, compromised), since),
    )
    before = key_list.parse(previous.read_bytes()) if previous else None
    data = key_desk.publish(opened, before, changes, now=now, life=timedelta(days=days))
    write_new(output, data, secret=False)
    key_words.key_list(key_list.parse(data), lang)
    key_words.fingerprint("root", opened.fingerprint)
    key_words.written((output,))


def show(file: Path, lang: str) -> None:
    """Print what a list or a pack says."""
    lists = pack.read(file.read_bytes())
    for _, listed in lists.key_lists:
        key_words.key_list(listed, lang)
    for _, statuses in lists.status_lists:
        key_words.status_list(statuses, lang)


def _typed(fingerprint: str) -> str:
    return "".join(fingerprint.split()).replace(":", "").lower()
