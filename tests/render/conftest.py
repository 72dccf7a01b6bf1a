"""Finished files, made once for all tests of the renderer."""

from pathlib import Path

import pytest

from certgen.sign.cms import Signer
from tests.render.builders import FORMS, Form, a_key, a_portrait, draw_seals, the_forms


@pytest.fixture(scope="session")
def forms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Form]:
    return the_forms(draw_seals(tmp_path_factory.mktemp("seals")))


@pytest.fixture(scope="session")
def signer() -> Signer:
    return Signer(a_key("P-256"))


@pytest.fixture(scope="session")
def electronic(
    tmp_path_factory: pytest.TempPathFactory, forms: dict[str, Form], signer: Signer
) -> dict[str, Path]:
    """The signed electronic certificate of the first record of each form."""
    folder = tmp_path_factory.mktemp("electronic")
    for name, form in forms.items():
        (folder / f"{name}.pdf").write_bytes(form.electronic(signer))
    return {name: folder / f"{name}.pdf" for name in FORMS}


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory, forms: dict[str, Form]) -> dict[str, Path]:
    """The print PDF of each form."""
    folder = tmp_path_factory.mktemp("printed")
    for name, form in forms.items():
        (folder / f"{name}.pdf").write_bytes(form.printed(a_portrait()))
    return {name: folder / f"{name}.pdf" for name in FORMS}
