"""What a trust store (信任库) pins and holds, as the page carries it: keys, key lists, status lists, deny list.

A page trusts exactly what the store it was built from trusts. Lists named by file keep their names: the agency puts
newer ones in their place, and pages already handed out fetch them.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from certgen.errors import CertgenError, InputError
from certgen.exchange import key_list, pack, status_list
from verify.trust import denied
from verify.trust import folder as files
from verify.trust.pins import Pin
from verify.trust.standing import Taken
from verify.trust.store import TrustStore

_NAME_LIMIT = 80  # characters of a file's name in an address


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a page."""

    trust: Mapping[str, Any]  # for `trust.js`
    lists: Mapping[str, bytes]  # the files of `lists/`


def opened(folder: Path | None, *, allow_sample: bool) -> TrustStore:
    """The trust store, which must pin a key: raises `InputError`."""
    store = TrustStore.open(folder, allow_sample=allow_sample)
    if not any(_goes_in(pin, allow_sample=allow_sample) for pin in store.pins):
        raise InputError(
            zh=f"信任库 {store.folder} 没有固定可用的密钥，这样的页面什么也证明不了：请先运行 certverify trust add",
            en=f"the trust store {store.folder} pins no usable key, and such a page proves nothing: "
            "run certverify trust add first",
        )
    return store


def contents(
    store: TrustStore, named: Sequence[Path], now: datetime, *, allow_sample: bool
) -> Contents:
    """Pins and lists of a store as the page carries them; `lists_of` says which lists."""
    lists = lists_of(store, named, now, allow_sample=allow_sample)
    trust = {
        "pins": [_pin(pin) for pin in store.pins if _goes_in(pin, allow_sample=allow_sample)],
        "lists": [
            {"name": name, "data": base64.b64encode(data).decode("ascii")}
            for name, data in sorted(lists.items())
        ],
        "denied": {"mark": denied.MARK, "keys": sorted(denied.KEYS)},
    }
    return Contents(trust, lists)


def _goes_in(pin: Pin, *, allow_sample: bool) -> bool:
    return not pin.kind.is_certificate and (allow_sample or not pin.is_sample)


def lists_of(
    store: TrustStore, named: Sequence[Path], now: datetime, *, allow_sample: bool
) -> dict[str, bytes]:
    """The lists to publish: the files named, each proved by the store's pins, else all that the store keeps.

    Raises `InputError` for a file that is no list, or one that no pin proves.
    """
    if named:
        with TemporaryDirectory() as place:
            trying = TrustStore(Path(place), store.pins, allow_sample=allow_sample)
            return _proved(trying, {_public(path): _read(path) for path in named}, now)
    kept: dict[str, bytes] = {}
    for data in files.read_lists(store.folder, "keys", key_list.FORM.limit):
        kept[f"{_root(store, data)}.key-list"] = data
    for data in files.read_lists(store.folder, "status", status_list.FORM.limit):
        kept[f"{_sites(data)}.status-list"] = data
    return kept


def _pin(pin: Pin) -> dict[str, Any]:
    return {
        "kind": pin.kind.value,
        "label": pin.label,
        "spki": pin.material.hex(),
        "prefixes": list(pin.prefixes),
    }


# Names that stay when the list is replaced: by its pin, or by its sites.


def _root(store: TrustStore, data: bytes) -> str:
    root = key_list.parse(data).root_key_id.hex()
    prints = (pin.fingerprint for pin in store.pins)
    return next((one[:16] for one in prints if one.startswith(root)), root)


def _sites(data: bytes) -> str:
    sites = " ".join(sorted(status_list.parse(data).prefixes))
    return sha256(sites.encode()).hexdigest()[:16]


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(pack.LIMIT + 1)
    except OSError as error:
        raise InputError(
            zh=f"{path} 无法读取：{error.strerror}", en=f"{path} cannot be read: {error.strerror}"
        ) from error


def _public(path: Path) -> str:
    """The file's own name, if an address can hold it as it is."""
    name = path.name
    plain = name.isascii() and all(letter.isalnum() or letter in "._-" for letter in name)
    if not plain or name.startswith(".") or len(name) > _NAME_LIMIT:
        raise InputError(
            zh=f"清单文件名“{name}”只能用字母、数字、点、横线，最长 {_NAME_LIMIT} 个字符",
            en=f"the name '{name}' of a list may hold letters, digits, dots and dashes, at most {_NAME_LIMIT}",
        )
    return name


def _proved(store: TrustStore, named: dict[str, bytes], now: datetime) -> dict[str, bytes]:
    """The same, after an empty store with our pins has taken them all in."""
    refused = {name: _refusal(store, name, data, now) for name, data in named.items()}
    for name, data in named.items():
        # A status list may stand before the key list that proves it: once more, now that all are known.
        if refused[name] and (why := _refusal(store, name, data, now)):
            raise why
    return named


def _refusal(store: TrustStore, name: str, data: bytes, now: datetime) -> InputError | None:
    """Why the store does not take the file in, or None."""
    try:
        updates = store.update(data, now)
    except CertgenError as problem:
        return InputError(zh=f"{name}：{problem.said.zh}", en=f"{name}: {problem.said.en}")
    for update in updates:
        if update.is_refused:
            is_sample = update.taken is Taken.SAMPLE
            return InputError(
                zh=f"{name} 不能放进页面（{update.taken}）："
                + ("样例须加 --allow-sample" if is_sample else "固定的密钥不能证明它"),
                en=f"{name} cannot go into the page ({update.taken}): "
                + ("samples need --allow-sample" if is_sample else "no pinned key proves it"),
            )
    return None
