"""Genuine signed certificates of every kind, by the real press: what every forgery starts from."""

import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from certgen.exchange.agency import Branch
from certgen.render.plan import Plan
from certgen.render.signature import Signing
from certgen.render.stamp import Stamper
from certgen.sign.cms import Signer
from certgen.sign.keys import Key
from tests.forger.house import AGENCY, BRANCH, MADE, the_house
from tests.render.builders import CODE, Form, a_portrait, a_record, an_agency, draw_seals
from verify.checks.signature import Policy

HOLDER = a_record()
OTHER = a_record(name="王小明", occupation="钳工", job=None, level=1)


@cache
def _form(branch: str | None) -> Form:
    seals = draw_seals(Path(tempfile.mkdtemp(prefix="forger-seals-")))
    branches = {"zezhou": Branch("zezhou", BRANCH, "Zezhou Branch", "main")}
    return Form(an_agency(seals, name=AGENCY, branches=branches), branch, (HOLDER, OTHER))


@cache
def _plan(branch: str | None, signing: Signing) -> Plan:
    return _form(branch).plan(signing=signing)


class Roomy:
    """A signer that asks for room for a time stamp behind its value, as those of B-T do."""

    def __init__(self, signer: Signer) -> None:
        self.size, self.common_name, self.sign = (
            signer.size + 6_000,
            signer.common_name,
            signer.sign,
        )


def stamped(
    *keys: Key, signing: Signing | None = None, room: bool = False, **changes: Any
) -> bytes:
    """A certificate as the press stamps it: not signed, by one key, or by two. `changes` are to the holder."""
    by_number = (Signing.NOBODY, Signing.AGENCY, Signing.BOTH)
    signing = signing or by_number[len(keys)]
    signers = [Roomy(Signer(key)) if room else Signer(key) for key in keys]
    return pressed_by(*signers, signing=signing, **changes)


def pressed_by(
    *signers: Any, signing: Signing | None = None, long_term: Any = None, **changes: Any
) -> bytes:
    """The same with signers of any kind, and with what a higher level adds."""
    signing = signing or (Signing.AGENCY if len(signers) == 1 else Signing.BOTH)
    branch = "zezhou" if signing.by_branch else None
    form, by = _form(branch), signers or (None,)
    stamper = Stamper(_plan(branch, signing), form.composer, *by, long_term=long_term)
    return stamper.stamp(replace(HOLDER, **changes), CODE, a_portrait(), MADE).data


@cache
def one_seal() -> bytes:
    """Sample 一: the agency alone certifies; B-B."""
    return stamped(the_house().agency)


@cache
def another_holder_s() -> bytes:
    """The same agency's certificate of somebody else."""
    fields = ("name", "occupation", "job", "level")
    return stamped(the_house().agency, **{name: getattr(OTHER, name) for name in fields})


@cache
def two_seals() -> bytes:
    """Sample 二: the agency certifies, the branch approves and locks; B-B."""
    return stamped(the_house().agency, the_house().branch)


@cache
def waiting_for_the_branch() -> bytes:
    """The agency signed; the branch will, elsewhere."""
    return stamped(the_house().agency, signing=Signing.BRANCH_LATER)


def policy(**changes: Any) -> Policy:
    """What a verifier of this agency has pinned."""
    house = the_house()
    lists = (house.ca.crl(), house.tsa_ca.crl())
    pinned = Policy(roots=(house.ca.der,), tsa_roots=(house.tsa_ca.der,), crls=lists)
    return replace(pinned, **changes)
