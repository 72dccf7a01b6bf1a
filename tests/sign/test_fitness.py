"""Who may sign for an agency: chain, revocation, filed name, validity, and that key and certificate belong together."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from certgen.errors import InputError, SigningError
from certgen.exchange.agency import Agency, Branch, KeyFile, SignaturePolicy
from certgen.sign import fitness, http, opening
from certgen.sign.key_files import load_pem, read_certificates
from certgen.sign.keys import Key
from certgen.sign.opening import open_signers
from certgen.sign.revocation import Revocations
from tests.sign.pki import (
    AGENCY,
    BRANCH,
    DAY,
    PASSPHRASE,
    Authority,
    Services,
    new_key,
    now,
    serving,
    write_p12,
    write_secret,
)

WHERE = "keys/agency.p12"


@dataclass
class House:
    """A root, an authority below it, and the agency's key, in files as an agency file names them."""

    folder: Path
    root: Authority
    sub: Authority

    def key(
        self, organisation: str = AGENCY, *, issuer: Authority | None = None, **options: Any
    ) -> Key:
        private = new_key()
        certificate = (issuer or self.sub).issue(
            organisation, "样例", private.public_key(), **options
        )
        return Key(private, certificate, (self.sub.certificate,))

    @property
    def policy(self) -> SignaturePolicy:
        (self.folder / "roots.pem").write_bytes(self.root.pem)
        return SignaturePolicy(root=self.folder / "roots.pem")

    def lists(self, **changes: Any) -> Path:
        folder = self.folder / "crl"
        folder.mkdir(exist_ok=True)
        (folder / "root.crl").write_bytes(self.root.crl())
        (folder / "sub.crl").write_bytes(self.sub.crl(**changes))
        return folder

    def check(
        self, key: Key, policy: SignaturePolicy | None = None, today: datetime | None = None
    ) -> Any:
        return fitness.check(key, [AGENCY], policy or self.policy, WHERE, today or now())


@pytest.fixture
def house(tmp_path: Path) -> House:
    root = Authority.root("样例根")
    return House(tmp_path, root, root.below("样例中级"))


def test_a_good_key_has_a_chain_up_to_the_root(house: House) -> None:
    chain, warnings = house.check(house.key())
    assert [one.subject for one in chain[1:]] == [
        house.sub.certificate.subject,
        house.root.certificate.subject,
    ]
    assert warnings == ()


def test_a_certificate_of_another_root_is_refused(house: House) -> None:
    stranger = Authority.root("别的根")
    with pytest.raises(SigningError, match=r"does not lead to a root in roots\.pem"):
        house.check(house.key(issuer=stranger))


def test_a_missing_intermediate_certificate_is_named_as_the_remedy(house: House) -> None:
    with pytest.raises(SigningError, match="intermediate"):
        house.check(replace(house.key(), chain=()))


def test_a_leaf_may_not_issue(house: House) -> None:
    leaf = house.key()
    false = Authority(leaf.certificate, leaf.private)
    key = house.key(issuer=false)
    with pytest.raises(SigningError, match="is no authority"):
        house.check(replace(key, chain=(leaf.certificate, house.sub.certificate)))


@pytest.mark.parametrize(
    "name", ["云河样例机械制造有限公司 ", "云河样例机械制造", "青木样例职业技能培训学校"]
)
def test_another_name_than_the_filed_one_is_refused_to_the_letter(house: House, name: str) -> None:
    with pytest.raises(SigningError, match="names") as refusal:
        house.check(house.key(name))
    assert AGENCY in refusal.value.said.zh


def test_a_certificate_without_an_organisation_signs_for_nobody(house: House) -> None:
    key = house.key()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, AGENCY)])
    bare = (
        x509.CertificateBuilder(house.sub.certificate.subject, name, key.private.public_key(), 7)
        .not_valid_before(now() - DAY)
        .not_valid_after(now() + 90 * DAY)
    )
    with pytest.raises(SigningError, match="names —"):
        house.check(replace(key, certificate=bare.sign(house.sub.private, hashes.SHA256())))


def test_a_key_that_is_not_the_certificates_fails_its_trial(house: House) -> None:
    key, other = house.key(), house.key()
    with pytest.raises(SigningError, match="trial signature"):
        house.check(replace(key, private=other.private))


def test_a_certificate_that_ends_within_a_day_could_end_within_the_batch(house: House) -> None:
    with pytest.raises(SigningError, match="ends within a day"):
        house.check(house.key(end=now() + timedelta(hours=20)))


def test_a_certificate_that_ends_within_a_month_is_told(house: House) -> None:
    _, (warning,) = house.check(house.key(end=now() + 20 * DAY))
    assert warning.code == "key/ends-soon"


def test_a_revoked_certificate_is_refused(house: House) -> None:
    key = house.key()
    policy = replace(house.policy, crl=house.lists())
    house.check(key, policy)
    house.sub.revoked.append(key.certificate)
    with pytest.raises(SigningError, match="has been revoked"):
        house.check(key, replace(policy, crl=house.lists()))


def test_a_revoked_authority_is_refused(house: House) -> None:
    house.root.revoked.append(house.sub.certificate)
    with pytest.raises(SigningError, match="has been revoked"):
        house.check(house.key(), replace(house.policy, crl=house.lists()))


def forged(house: House) -> Path:
    other = Authority(house.sub.certificate, new_key())  # the right name, another key
    folder = house.lists()
    (folder / "sub.crl").write_bytes(other.crl())
    return folder


@pytest.mark.parametrize(
    "lists",
    [
        pytest.param(lambda h: h.lists(until=now() - timedelta(hours=1)), id="out of date"),
        pytest.param(
            lambda h: h.lists(since=now() + 2 * DAY, until=now() + 9 * DAY), id="of tomorrow"
        ),
        pytest.param(forged, id="signed by another"),
        pytest.param(lambda h: (h.lists() / "sub.crl").unlink() or h.folder / "crl", id="missing"),
    ],
)
def test_not_known_to_be_revoked_is_not_good(house: House, lists: Callable[[House], Path]) -> None:
    with pytest.raises(SigningError, match="no current revocation list"):
        house.check(house.key(), replace(house.policy, crl=lists(house)))


def test_a_file_that_is_no_list_is_named(house: House) -> None:
    (house.lists() / "sub.crl").write_text("nothing")
    with pytest.raises(SigningError, match=r"sub\.crl"):
        house.check(house.key(), replace(house.policy, crl=house.folder / "crl"))


@pytest.fixture
def services(house: House, tmp_path: Path) -> Iterator[Services]:
    (tmp_path / "srv").mkdir()
    with serving(tmp_path / "srv", house.sub, Authority.root("样例 TSA 根")) as running:
        yield running


def asked(house: House, services: Services, key: Key) -> Any:
    services.known = [key.certificate.serial_number]
    (house.folder / "root.crl").write_bytes(house.root.crl())
    policy = replace(house.policy, crl=house.folder / "root.crl", ocsp_url=services.ocsp)
    return house.check(key, policy)


def test_a_responder_is_asked_where_lists_are_silent(house: House, services: Services) -> None:
    asked(house, services, house.key())
    assert services.asked == ["/ocsp"]


def test_what_the_responder_calls_revoked_is_refused(house: House, services: Services) -> None:
    key = house.key()
    house.sub.revoked.append(key.certificate)
    with pytest.raises(SigningError, match="has been revoked"):
        asked(house, services, key)


def test_what_the_responder_does_not_know_is_not_good(house: House, services: Services) -> None:
    key = house.key()
    services.known = []
    with pytest.raises(SigningError):
        asked_about(house, services, key)


def asked_about(house: House, services: Services, key: Key) -> Any:
    (house.folder / "root.crl").write_bytes(house.root.crl())
    policy = replace(house.policy, crl=house.folder / "root.crl", ocsp_url=services.ocsp)
    return house.check(key, policy)


def test_an_altered_answer_is_not_believed(house: House, services: Services) -> None:
    services.garble = lambda data: data[:-1] + bytes([data[-1] ^ 1])
    with pytest.raises(SigningError, match=r"cannot be trusted|no usable answer"):
        asked(house, services, house.key())


def test_a_responder_that_is_down_is_asked_three_times_and_then_told(
    house: House, services: Services
) -> None:
    tries: list[str] = []
    services.refuse = lambda path: tries.append(path) or True  # type: ignore[func-returns-value]
    policy = replace(house.policy, ocsp_url=services.ocsp)
    quick = Revocations.of(policy)
    quick.post = lambda url, body, kind: http.post(url, body, kind, sleep=lambda _: None)
    key = house.key()
    with pytest.raises(SigningError, match="no usable answer"):
        quick.of_chain((key.certificate, house.sub.certificate), now())
    assert tries == ["/ocsp"] * 3


# Opening what an agency file names


def agency(**changes: Any) -> Agency:
    values: dict[str, Any] = {
        "name": AGENCY,
        "english_name": "Yunhe",
        "category": "Y",
        "sites": {},
        "sample": True,
    }
    return Agency(**(values | changes))


def test_an_encrypted_pem_key_signs_like_any_other(house: House) -> None:
    key = house.key()
    pem = key.private.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(PASSPHRASE)
    )
    own = write_secret(house.folder / "agency.pem", pem)
    chain = house.folder / "chain.pem"
    chain.write_bytes(house.sub.pem + key.certificate.public_bytes(Encoding.PEM))
    file = KeyFile(pem=own, certificates=chain)
    signers = open_signers(agency(key=file), lambda _: PASSPHRASE, clock=now)
    assert signers.agency
    with pytest.raises(SigningError, match="wrong passphrase"):
        load_pem(own, read_certificates(chain), b"other", today=now())


def test_a_pem_key_that_is_not_encrypted_is_refused(house: House) -> None:
    plain = new_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    own = write_secret(house.folder / "agency.pem", plain)
    with pytest.raises(SigningError, match="no encrypted PKCS#8"):
        load_pem(own, (), PASSPHRASE, today=now())


def test_agency_and_branch_may_not_share_a_key(house: House) -> None:
    key = house.key()
    path = write_p12(house.folder / "a.p12", key.private, key.certificate, key.chain)
    both = agency(
        key=KeyFile(pkcs12=path),
        branches={"b": Branch("b", BRANCH, "Branch", "main")},
        branch_keys={"b": KeyFile(pkcs12=path)},
    )
    with pytest.raises(InputError, match="the same signing key"):
        open_signers(both, lambda _: PASSPHRASE, clock=now)


def test_a_branchs_certificate_may_name_the_branch_and_not_a_stranger(house: House) -> None:
    key, other = house.key(BRANCH), house.key("别的公司")
    one = agency(
        branches={"b": Branch("b", BRANCH, "Branch", "main")},
        branch_keys={
            "b": KeyFile(pkcs12=write_p12(house.folder / "b.p12", key.private, key.certificate, ()))
        },
    )
    assert (
        opening.open_branch(one, "b", lambda _: PASSPHRASE, now()).key.certificate
        == key.certificate
    )
    write_p12(house.folder / "b.p12", other.private, other.certificate, ())
    with pytest.raises(SigningError, match="names"):
        opening.open_branch(one, "b", lambda _: PASSPHRASE, now())


def test_a_sample_key_does_not_sign_for_a_real_agency(house: House) -> None:
    key = house.key()
    path = write_p12(house.folder / "a.p12", key.private, key.certificate, ())
    with pytest.raises(InputError, match="signs samples only"):
        open_signers(
            agency(key=KeyFile(pkcs12=path), sample=False), lambda _: PASSPHRASE, clock=now
        )
