"""Genuine signed certificates, by the real press: what every forgery starts from."""

import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from certgen.render.stamp import Stamper
from certgen.sign.cms import Signer
from certgen.sign.keys import Key
from tests.forger.house import MADE, the_house
from tests.render.builders import CODE, Form, a_portrait, a_record, an_agency, draw_seals
from verify.checks.signature import Policy


@cache
def _form(branch: str | None) -> Form:
    seals = draw_seals(Path(tempfile.mkdtemp(prefix="forger-seals-")))
    return Form(an_agency(seals), branch, (a_record(), a_record(name="丁二")))


@cache
def _plan(branch: str | None, *, signed: bool) -> object:
    return _form(branch).plan(signed=signed)


@cache
def one_seal() -> bytes:
    """Sample 一: the agency alone certifies; B-B."""
    return stamped(the_house().agency)


def stamped(key: Key | None, *, branch: str | None = None, name: str = "丁一") -> bytes:
    """A certificate as the press stamps it, signed with any key at all, or not signed."""
    form = _form(branch)
    plan = _plan(branch, signed=key is not None)
    stamper = Stamper(plan, form.composer, Signer(key) if key else None)  # type: ignore[arg-type]
    record = replace(form.record, name=name)
    return stamper.stamp(record, CODE, a_portrait(), MADE).data


def policy(**changes: object) -> Policy:
    """What a verifier of this agency has pinned."""
    house = the_house()
    pinned = Policy(
        roots=(house.ca.der,),
        tsa_roots=(house.tsa_ca.der,),
        crls=(house.ca.crl(), house.tsa_ca.crl()),
    )
    return replace(pinned, **changes)  # type: ignore[arg-type]
