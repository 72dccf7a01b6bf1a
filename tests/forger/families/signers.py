"""Somebody else signs: whole, sound, and not by whom it should be."""

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from pyhanko.sign.fields import MDPPerm

from certgen.sign.keys import Key
from tests.forger.forgery import forgery
from tests.forger.genuine import one_seal, policy, stamped
from tests.forger.house import (
    AGENCY,
    BRANCH,
    NOW,
    STRANGER,
    Authority,
    new_key,
    the_house,
)
from tests.forger.signing import Step, signed
from verify.checks.signature import AgencySigner, Policy, Standing

_UNKNOWN, _NOT_OURS = Standing.UNKNOWN_SIGNER, Standing.NOT_OURS


@forgery("signer/unknown", _UNKNOWN)
def a_ca_of_the_same_name() -> bytes:
    """Subject and names are those of the pinned root; the key is not."""
    return stamped(Authority(the_house().ca.name).certify(AGENCY, new_key()))


@forgery("signer/unknown", _UNKNOWN)
def a_certificate_signed_by_itself() -> bytes:
    own = new_key()
    name = the_house().agency.certificate.subject
    made = x509.CertificateBuilder(
        name,
        name,
        own.public_key(),
        x509.random_serial_number(),
        the_house().agency.certificate.not_valid_before_utc,
        the_house().agency.certificate.not_valid_after_utc,
    ).sign(own, hashes.SHA256())
    return stamped(Key(own, made))


@forgery("signer/unknown", _UNKNOWN)
def an_agency_that_plays_the_authority() -> bytes:
    """A subscriber of the CA certifies another: its own certificate is for signing documents only."""
    agency = the_house().agency
    own = new_key()
    subject = x509.Name(
        [
            x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, AGENCY),
            x509.NameAttribute(x509.NameOID.COMMON_NAME, AGENCY),
        ]
    )
    made = x509.CertificateBuilder(
        agency.certificate.subject,
        subject,
        own.public_key(),
        x509.random_serial_number(),
        agency.certificate.not_valid_before_utc,
        agency.certificate.not_valid_after_utc,
    ).sign(agency.private, hashes.SHA256())
    return stamped(Key(own, made, (agency.certificate, *agency.chain)))


@forgery("signer/use", _UNKNOWN)
def the_authority_itself() -> bytes:
    ca = the_house().ca
    return stamped(Key(ca.key, ca.root()))


@forgery("signer/expired", _UNKNOWN)
def a_certificate_that_has_run_out() -> bytes:
    return stamped(the_house().ca.certify(AGENCY, new_key(), days=(-300, -1)))


@forgery("signer/expired", _UNKNOWN)
def a_certificate_that_is_not_valid_yet() -> bytes:
    return stamped(the_house().ca.certify(AGENCY, new_key(), days=(1, 300)))


@forgery("signature/time", _NOT_OURS)
def a_time_before_the_certificate_was_made() -> bytes:
    """Back-dated: the certificate began today, the signature says two hours ago."""
    key = new_key()
    made = x509.CertificateBuilder(
        the_house().ca.subject,
        the_house().agency.certificate.subject,
        key.public_key(),
        x509.random_serial_number(),
        NOW.replace(microsecond=0),
        the_house().agency.certificate.not_valid_after_utc,
    ).sign(the_house().ca.key, hashes.SHA256())
    return stamped(Key(key, made, (the_house().ca.root(),)))


def _revoked() -> Policy:
    house = the_house()
    return policy(crls=(house.ca.crl(house.agency), house.tsa_ca.crl()))


@forgery("signer/revoked", _UNKNOWN, policy=_revoked)
def a_stolen_key_that_was_revoked() -> bytes:
    return one_seal()


@forgery("binding/agency", _NOT_OURS)
def another_agency_s_key() -> bytes:
    """Certified by the same CA, in good standing, and of somebody else."""
    return stamped(the_house().ca.certify(STRANGER, new_key()))


def _listed() -> Policy:
    listed = AgencySigner(AGENCY, frozenset({"11" * 32}), ("Y000041018999",))
    return policy(signers=(listed,))


@forgery("binding/agency", _NOT_OURS, policy=_listed)
def a_name_alone_where_the_key_list_knows_better() -> bytes:
    """The CA gave the agency's name to somebody; the agency's own list has another key."""
    return one_seal()


@forgery("signer/sample", _UNKNOWN)
def the_sample_authority() -> bytes:
    """Pinned by mistake, say: what it signs is a sample all the same."""
    return stamped(the_house().ca.certify("云河样例机械制造有限公司", new_key()))


@forgery("signer/unknown", _UNKNOWN)
def a_time_stamp_authority_that_signs_certificates() -> bytes:
    """Its root is pinned, for time stamps and for nothing else."""
    return stamped(the_house().tsa_ca.certify(AGENCY, new_key()))


# Certification and order: the right people in the wrong way.


def _in_order(*steps: Step, lock: bool = True) -> bytes:
    return signed(stamped(), steps, names=("AgencySeal", "BranchSeal"), lock=lock)


def _agency(permission: MDPPerm | None = MDPPerm.FILL_FORMS) -> Step:
    return Step(the_house().agency, "AgencySeal", permission)


def _branch() -> Step:
    return Step(the_house().branch, "BranchSeal")


@forgery("certify/missing", _NOT_OURS)
def an_approval_instead_of_a_certification() -> bytes:
    """Anybody could lay a visible signature over it, and the reader would call both valid."""
    return signed(stamped(), [Step(the_house().agency, "AgencySeal")])


@forgery("certify/permission", _NOT_OURS)
def a_certification_that_allows_remarks() -> bytes:
    return signed(stamped(), [_agency(MDPPerm.ANNOTATE)])


@forgery("certify/permission", _NOT_OURS)
def a_certification_that_allows_signing_where_nobody_else_signs() -> bytes:
    return signed(stamped(), [_agency(MDPPerm.FILL_FORMS)])


@forgery("fields/order")
def the_branch_before_the_agency() -> bytes:
    return _in_order(_branch(), Step(the_house().agency, "AgencySeal"))


@forgery("fields/order", _NOT_OURS)
def the_branch_alone() -> bytes:
    return signed(stamped(), [Step(the_house().branch, "BranchSeal", MDPPerm.NO_CHANGES)])


@forgery("certify/other")
def a_branch_that_certifies() -> bytes:
    return _in_order(
        Step(the_house().branch, "BranchSeal", MDPPerm.FILL_FORMS),
        Step(the_house().agency, "AgencySeal"),
    )


@forgery("fields/lock")
def a_branch_that_locks_nothing() -> bytes:
    return _in_order(_agency(), _branch(), lock=False)


@forgery("signer/unknown", _UNKNOWN)
def a_branch_that_signed_its_own_certificate() -> bytes:
    stranger = Authority("自签 CA").certify(BRANCH, new_key())
    return stamped(the_house().agency, stranger)


@forgery("binding/agency", _NOT_OURS)
def the_branch_of_another_agency() -> bytes:
    return stamped(the_house().agency, the_house().ca.certify(f"{STRANGER}分校", new_key()))


@forgery("fields/unexpected", _NOT_OURS)
def a_field_of_another_name() -> bytes:
    return signed(stamped(), [Step(the_house().agency, "Signature1", MDPPerm.NO_CHANGES)])


@forgery("fields/awaiting", Standing.UNSIGNED)
def a_branch_that_never_signed() -> bytes:
    return _in_order(_agency())
