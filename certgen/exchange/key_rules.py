"""Rules for the [key] section of an agency file (机构配置): where keys are kept, how far signatures reach.

No notice speaks of keys; what is asked here is what signing needs.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from certgen.exchange.agency import SignatureLevel
from certgen.exchange.agency_draft import KEY_SOURCES, Draft, Rule, problem
from certgen.exchange.agency_shape import Problem, Tree
from certgen.exchange.toml_lines import KeyPath

KEY_FILES = ("pkcs12", "pem", "certificates", "pkcs11")
"""The keys of a key's table that name a file."""

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_PARTS = {
    # part of a key's table: what it is needed with, what it may stand beside
    "certificates": ("pem", {"pem", "pkcs11"}),
    "token": ("pkcs11", {"pkcs11"}),
    "label": ("pkcs11", {"pkcs11"}),
}
_STAMPED = (SignatureLevel.B_T, SignatureLevel.B_LT, SignatureLevel.B_LTA)


def _each_key_is_in_one_place(draft: Draft) -> Iterator[Problem]:
    for path, key in draft.signing_keys().values():
        given = sorted(KEY_SOURCES & key.keys())
        if len(given) != 1:
            yield problem(
                path,
                "密钥应恰好写明一处：pkcs12、pem 或 pkcs11",
                "a key is kept in exactly one place: give pkcs12, pem or pkcs11",
            )
        yield from _parts_of(path, key)


def _parts_of(path: KeyPath, key: Tree) -> Iterator[Problem]:
    for part, (needed, allowed) in _PARTS.items():
        if needed in key and not key.get(part):
            yield problem((*path, part), f"使用 {needed} 时必填", f"needed together with {needed}")
        elif part in key and not allowed & key.keys():
            names = " / ".join(sorted(allowed))
            yield problem((*path, part), f"只用于 {names}，请删去", f"is for {names}: remove it")


def _there_is_a_key_to_check(draft: Draft) -> Iterator[Problem]:
    """Levels, roots and the like without any key would promise what nobody does."""
    if "key" in draft.data and not draft.signing_keys() and not draft.sign_elsewhere():
        yield problem(
            ("key",),
            "没有写明密钥：请填写 pkcs12、pem 或 pkcs11，或删去本段",
            "names no key: give pkcs12, pem or pkcs11, or remove the section",
        )


def _key_files_are_there(draft: Draft) -> Iterator[Problem]:
    for path, key in draft.signing_keys().values():
        for name in KEY_FILES:
            if name in key and not _there(draft.folder / key[name], folder_too=False):
                yield _missing((*path, name), key[name])
    for name in ("root", "crl", "timestamp_root"):
        given = draft.table("key").get(name)
        if given is not None and not _there(draft.folder / given, folder_too=name == "crl"):
            yield _missing(("key", name), given)


def _there(path: Path, *, folder_too: bool) -> bool:
    try:
        return path.is_file() or (folder_too and path.is_dir())
    except (OSError, ValueError):  # a name that no file can have
        return False


def _missing(path: KeyPath, name: str) -> Problem:
    return problem(
        path,
        f"找不到 {name}（相对于本文件所在的文件夹）",
        f"{name} is not there (counted from the folder of this file)",
    )


def _passphrase_is_a_variable(draft: Draft) -> Iterator[Problem]:
    for path, key in draft.signing_keys().values():
        name = key.get("passphrase_env", "")
        if name and not _VARIABLE.fullmatch(name):  # not repeated: it may be the passphrase itself
            yield problem(
                (*path, "passphrase_env"),
                "应为环境变量的名称（字母、数字、下划线），不是口令本身",
                "must be the name of an environment variable (letters, digits, _), not the "
                "passphrase",
            )


def _branches_sign_once(draft: Draft) -> Iterator[Problem]:
    for name, key in draft.table("key").get("branches", {}).items():
        path = ("key", "branches", name)
        if name not in draft.branch_ids():
            yield problem(
                path,
                "没有这个 id 的分支机构，请核对 [[branches]]",
                "no branch has this id; see [[branches]]",
            )
        if key.get("elsewhere") and KEY_SOURCES & key.keys():
            yield problem(
                (*path, "elsewhere"),
                "elsewhere 表示由分支机构另行签名，此处不应再写密钥",
                "elsewhere means that the branch signs in its own place: give no key here",
            )


def _level_has_what_it_needs(draft: Draft) -> Iterator[Problem]:
    key = draft.table("key")
    level = key.get("level")
    if level is not None and level not in list(SignatureLevel):
        names = ", ".join(SignatureLevel)
        yield problem(("key", "level"), f"应为其中之一：{names}", f"must be one of {names}")
    if level in _STAMPED and not key.get("timestamp_url"):
        yield problem(
            ("key", "timestamp_url"),
            f"{level} 需要时间戳服务的地址",
            f"{level} needs the address of a time-stamp authority",
        )
    for name in ("timestamp_url", "ocsp_url"):
        if key.get(name) and not _is_address(key[name]):
            yield problem(
                ("key", name),
                "应为以 http:// 或 https:// 开头的网址",
                "must be an address that begins with http:// or https://",
            )
    if level in _STAMPED[1:]:
        for name in ("root", "timestamp_root"):
            if not key.get(name):
                yield problem(
                    ("key", name),
                    f"{level} 需要根证书，才知道证书链到哪里为止",
                    f"{level} needs the root certificates: where a chain ends is seen by them",
                )


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username
    except ValueError:
        return False


KEY_RULES: tuple[Rule, ...] = (
    _there_is_a_key_to_check,
    _each_key_is_in_one_place,
    _key_files_are_there,
    _passphrase_is_a_variable,
    _branches_sign_once,
    _level_has_what_it_needs,
)
"""In the order of the section."""
