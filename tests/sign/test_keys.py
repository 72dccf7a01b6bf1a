import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from certgen.errors import SigningError
from certgen.model.finding import Severity
from certgen.sign.key_files import load_pkcs12
from certgen.sign.keys import Key
from certgen.sign.passphrase import read_passphrase

TODAY = datetime(2026, 3, 1, tzinfo=UTC)
PASSPHRASE = "样例口令 sample".encode()
ENV = "CERTGEN_TEST_PASSPHRASE"


def load(path: Path, passphrase: bytes = PASSPHRASE) -> Key:
    return load_pkcs12(path, passphrase, today=TODAY)


@pytest.mark.parametrize("kind", ["P-256", "P-384", "RSA-3072"])
def test_a_good_key_is_loaded_with_its_certificate_and_issuers(
    make_p12: Callable[..., Path], kind: str
) -> None:
    key = load(make_p12(PASSPHRASE, kind))
    assert key.certificate.public_key() == key.private.public_key()
    assert [each.issuer == each.subject for each in (key.certificate, *key.chain)] == [False, True]
    assert key.warnings == ()


def test_certificates_that_did_not_issue_this_one_are_left_out(
    make_p12: Callable[..., Path],
) -> None:
    key = load(make_p12(PASSPHRASE, stranger=True))
    assert [each.issuer == each.subject for each in key.chain] == [True]


def test_rsa_2048_signs_with_a_warning(make_p12: Callable[..., Path]) -> None:
    (warning,) = load(make_p12(PASSPHRASE, "RSA-2048")).warnings
    assert (warning.code, warning.severity) == ("key/rsa-length", Severity.WARNING)
    assert "2048" in warning.said.zh
    assert "2048" in warning.said.en


@pytest.mark.parametrize(
    ("parts", "zh", "en"),
    [
        pytest.param({"kind": "P-521"}, "secp521r1", "secp521r1", id="curve"),
        pytest.param({"kind": "Ed25519"}, "私钥类型", "of a kind", id="ed25519"),
        pytest.param({"kind": "RSA-1024"}, "1024 位", "1024 bits", id="short RSA"),
        pytest.param(
            {"end": datetime(2026, 2, 28, tzinfo=UTC)},
            "已于 2026-02-28 过期",
            "expired on 2026-02-28",
            id="expired",
        ),
        pytest.param(
            {"start": datetime(2026, 3, 2, tzinfo=UTC)},
            "要到 2026-03-02 才生效",
            "not valid before 2026-03-02",
            id="not yet valid",
        ),
        pytest.param(
            {"usage": ["key_encipherment"]}, "不是签名证书", "not for signing", id="usage"
        ),
    ],
)
def test_a_key_that_must_not_sign_is_refused(
    make_p12: Callable[..., Path], parts: dict[str, Any], zh: str, en: str
) -> None:
    with pytest.raises(SigningError) as refusal:
        load(make_p12(PASSPHRASE, **parts))
    assert zh in refusal.value.said.zh
    assert en in refusal.value.said.en


@pytest.mark.parametrize(
    "usage", [["digital_signature"], ["content_commitment"], None], ids=["DS", "NR", "none stated"]
)
def test_either_signing_use_will_do_and_so_will_none_stated(
    make_p12: Callable[..., Path], usage: list[str] | None
) -> None:
    assert load(make_p12(PASSPHRASE, usage=usage)).warnings == ()


@pytest.mark.parametrize("wrong", [b"sample", b"", PASSPHRASE + b"\n"])
def test_a_wrong_passphrase_is_refused_and_not_repeated(
    make_p12: Callable[..., Path], wrong: bytes
) -> None:
    with pytest.raises(SigningError, match="wrong passphrase") as refusal:
        load(make_p12(PASSPHRASE), wrong)
    assert "样例口令" not in refusal.value.said.zh


@pytest.mark.parametrize(
    "data", [b"", b"-----BEGIN PRIVATE KEY-----\n", b"0\x00", b"0\x03\x02\x01\x05"]
)
def test_another_kind_of_file_is_not_called_a_wrong_passphrase(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "agency.p12"
    path.write_bytes(data)
    path.chmod(0o600)
    with pytest.raises(SigningError, match=r"no PKCS#12 file"):
        load(path)


def test_a_file_without_a_private_key_is_refused(strange_p12: Callable[..., Path]) -> None:
    with pytest.raises(SigningError, match="no private key"):
        load(strange_p12(PASSPHRASE, with_key=False))


def test_a_file_without_the_certificate_of_its_key_is_refused(
    strange_p12: Callable[..., Path],
) -> None:
    with pytest.raises(SigningError, match="no certificate of its private key"):
        load(strange_p12(PASSPHRASE, with_key=True))


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o610])
def test_a_file_that_others_may_open_is_refused(make_p12: Callable[..., Path], mode: int) -> None:
    path = make_p12(PASSPHRASE)
    path.chmod(mode)
    with pytest.raises(SigningError, match="chmod 600"):
        load(path)


def test_a_link_out_of_its_folder_is_refused_and_one_inside_is_not(
    make_p12: Callable[..., Path], tmp_path: Path
) -> None:
    path = make_p12(PASSPHRASE)
    inside = tmp_path / "current.p12"
    inside.symlink_to(path.name)
    load(inside)
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    outside = folder / "agency.p12"
    outside.symlink_to(path)
    with pytest.raises(SigningError, match="leads out of its folder"):
        load(outside)


def test_a_missing_file_is_refused_by_its_path(tmp_path: Path) -> None:
    with pytest.raises(SigningError, match=r"cannot read key file .*nowhere\.p12"):
        load(tmp_path / "nowhere.p12")


def test_a_key_does_not_show_its_secret(make_p12: Callable[..., Path]) -> None:
    assert "private" not in repr(load(make_p12(PASSPHRASE)))


def test_a_descriptor_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENV, "from the environment")
    reader, writer = os.pipe()
    os.write(writer, "口令\r\nsecond line\n".encode())
    os.close(writer)
    assert read_passphrase(env=ENV, fd=reader, ask=None) == "口令".encode()
    os.close(reader)


def test_the_environment_goes_before_the_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENV, "口令")
    assert read_passphrase(env=ENV, fd=None, ask=lambda _: "typed") == "口令".encode()


def test_the_question_is_asked_last_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENV, raising=False)
    asked: list[str] = []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return "typed"

    assert read_passphrase(env=ENV, fd=None, ask=ask) == b"typed"
    assert "口令" in asked[0]
    assert "passphrase" in asked[0]


def test_no_passphrase_at_all_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENV, raising=False)
    with pytest.raises(SigningError, match=ENV) as refusal:
        read_passphrase(env=ENV, fd=None, ask=None)
    assert ENV in refusal.value.said.zh


def test_a_closed_descriptor_is_a_clear_refusal() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    os.close(writer)
    with pytest.raises(SigningError, match="descriptor"):
        read_passphrase(env=ENV, fd=reader, ask=None)
