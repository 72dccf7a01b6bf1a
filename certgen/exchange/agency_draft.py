"""The usable part of an agency file (机构配置) while rules look at it, and their common words.

A rule reads the part of the file that has the right shape and yields problems. None relies on
another: whatever is missing or of the wrong kind was reported by `agency_shape`, and a rule then
has nothing to say about it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from certgen.errors import Said
from certgen.exchange.agency import AGENCY_SEAL, EMBOSSED_SEAL
from certgen.exchange.agency_shape import Problem, Tree
from certgen.exchange.toml_lines import KeyPath
from certgen.standards.forms import FormId

KEY_SOURCES = frozenset({"pkcs12", "pem", "pkcs11"})
"""The three kinds of place that a signing key is kept in; a key has one of them."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The usable part of an agency file and the folder from which its paths count."""

    data: Tree
    folder: Path

    def table(self, name: str) -> Tree:
        """A table of the file, empty when it is not there."""
        return dict(self.data.get(name, {}))

    def rows(self, name: str) -> list[tuple[KeyPath, Tree]]:
        """The entries of a list of tables, each with its path."""
        return [((name, at), row) for at, row in enumerate(self.data.get(name, []))]

    def seals(self) -> dict[str, tuple[KeyPath, Tree]]:
        """Every seal by its owner: the agency, the photo (an embossed one), or the id of a branch."""
        tables = self.table("seals")
        own = {
            owner: (("seals", owner), tables[owner])
            for owner in (AGENCY_SEAL, EMBOSSED_SEAL)
            if owner in tables
        }
        branches = tables.get("branches", {})
        return own | {name: (("seals", "branches", name), branches[name]) for name in branches}

    def signing_keys(self) -> dict[str, tuple[KeyPath, Tree]]:
        """Every signing key by its owner, as seals are. A branch that signs elsewhere has none here."""
        table = self.table("key")
        branches = table.pop("branches", {})
        own = {AGENCY_SEAL: (("key",), table)} if KEY_SOURCES & table.keys() else {}
        return own | {
            name: (("key", "branches", name), branches[name])
            for name in branches
            if not branches[name].get("elsewhere")
        }

    def sign_elsewhere(self) -> list[str]:
        """The branches that sign later, in another place."""
        branches = self.table("key").get("branches", {})
        return [name for name in branches if branches[name].get("elsewhere")]

    def flag(self, table: str, key: str) -> bool:
        """A switch of the file, off when it is not there."""
        return bool(self.table(table).get(key, False))

    @property
    def electronic(self) -> bool:
        """Whether to make electronic certificates: as the file says, else if a key is given."""
        return bool(self.table("output").get("electronic", AGENCY_SEAL in self.signing_keys()))

    @property
    def form(self) -> FormId:
        """The form that the file chooses; the usual one where it names none that exists."""
        named = self.table("layout").get("form")
        return FormId(named) if named in list(FormId) else FormId.NATIONAL_2021

    def site_ids(self) -> list[str]:
        """The ids of all sites, as they stand."""
        return [row["id"] for _, row in self.rows("sites") if row.get("id")]

    def branch_ids(self) -> list[str]:
        """The ids of all branches, as they stand."""
        return [row["id"] for _, row in self.rows("branches") if row.get("id")]


Rule = Callable[[Draft], Iterator[Problem]]
"""One question about a file."""


def problem(path: KeyPath, zh: str, en: str) -> Problem:
    """A problem at `path`, in both languages."""
    return Problem(path, Said(zh, en))


def site_exists(path: KeyPath, name: str | None, sites: list[str]) -> Iterator[Problem]:
    """A problem if `name` is given and no site has it."""
    if name and name not in sites:
        known = ", ".join(sites)
        yield problem(path, f"没有这个站点；现有：{known}", f"no such site; there are: {known}")


def choice(path: KeyPath, value: str | None, choices: type[StrEnum]) -> Iterator[Problem]:
    """A problem if `value` is given and is none of the choices."""
    if value is not None and value not in list(choices):
        names = ", ".join(choices)
        yield problem(path, f"应为其中之一：{names}", f"must be one of {names}")
