"""The value of the signature: what nobody signed in it is exchanged, or something is smuggled in."""

from collections.abc import Callable
from functools import cache
from typing import Any

from asn1crypto import algos, cms, core
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

from tests.forger.edit import hole, place_of_signer, value_in, with_value
from tests.forger.forgery import forgery
from tests.forger.genuine import another_holder_s, one_seal, stamped
from tests.forger.house import AGENCY, Authority, new_key, the_house
from tests.forger.signing import Step, _asn1, signed
from verify.checks.signature import Standing


def _edited(edit: Callable[[Any], None], *, roomy: bool = True) -> bytes:
    """A certificate whose value was taken apart and put together again."""
    data = _roomy() if roomy else one_seal()
    content = cms.ContentInfo.load(value_in(data))
    edit(content["content"])
    return with_value(data, bytes(content.dump(force=True)))


@cache
def _roomy() -> bytes:
    """Signed by pyHanko, which leaves room behind the value: the unsigned part can grow."""
    return signed(stamped(), [Step(the_house().agency, "AgencySeal", MDPPerm.NO_CHANGES)])


def _add_attribute(kind: str, value: Any) -> Callable[[Any], None]:
    def edit(content: Any) -> None:
        attribute = cms.CMSAttribute({"type": kind, "values": [value]})
        content["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([attribute])

    return edit


@forgery("signature/unsigned")
def an_attribute_that_nobody_signed() -> bytes:
    return _edited(_add_attribute("1.3.6.1.4.1.99999.1", core.OctetString(b"FORGED")))


@forgery("signature/unsigned")
def a_countersignature() -> bytes:
    def edit(content: Any) -> None:
        info = cms.SignerInfo.load(content["signer_infos"][0].dump())
        _add_attribute("counter_signature", info)(content)

    return _edited(edit)


@forgery("signature/unsigned")
def a_revocation_list_in_the_value() -> bytes:
    def edit(content: Any) -> None:
        content["crls"] = [cms.RevocationInfoChoice.load(the_house().ca.crl())]

    return _edited(edit)


@forgery("signature/signers")
def a_second_signer() -> bytes:
    def edit(content: Any) -> None:
        content["signer_infos"].append(content["signer_infos"][0].copy())

    return _edited(edit)


@forgery("signature/certificates")
def a_stranger_among_the_certificates() -> bytes:
    stranger = Authority("陌生 CA").certify("李四", new_key())

    def edit(content: Any) -> None:
        content["certificates"].append(
            cms.CertificateChoices("certificate", _asn1(stranger.certificate))
        )

    return _edited(edit)


@forgery("signature/certificates")
def a_bit_of_the_root_s_own_signature() -> bytes:
    """The root stands there for convenience; nothing that is signed names it."""
    data = one_seal()
    root = the_house().ca.der
    return data.replace(root.hex().encode(), (root[:-1] + bytes([root[-1] ^ 1])).hex().encode())


@forgery("signature/certificates")
def the_certificate_of_a_later_year() -> bytes:
    """Same name, same key, same issuer, other dates: an expired signer is young again."""
    later = the_house().ca.certify(AGENCY, the_house().agency.private, days=(-1, 4000))

    def edit(content: Any) -> None:
        own = _asn1(later.certificate)
        content["certificates"][place_of_signer(content)] = cms.CertificateChoices(
            "certificate", own
        )
        content["signer_infos"][0]["sid"].chosen["serial_number"] = own.serial_number

    return _edited(edit)


@forgery("signature/der")
def a_length_in_a_longer_form() -> bytes:
    """BER allows many ways to write one value; DER one."""
    value = value_in(_roomy()).rstrip(b"\0")
    assert value[1] == 0x82
    return with_value(_roomy(), value[:1] + b"\x83\0" + value[2:])


@forgery("signature/der")
def a_length_without_end() -> bytes:
    value = value_in(_roomy()).rstrip(b"\0")
    return with_value(_roomy(), value[:1] + b"\x80" + value[4:] + b"\0\0")


@forgery("signature/value")
def a_bit_of_the_signature() -> bytes:
    data = one_seal()
    value = value_in(data).rstrip(b"\0")
    start, _ = hole(data)
    at = start + 2 * (len(value) - 2)
    return data[:at] + (b"0" if data[at : at + 1] != b"0" else b"1") + data[at + 1 :]


@forgery("signature/digest")
def the_signature_of_another_certificate() -> bytes:
    """Genuine, by the agency, for somebody else."""
    return with_value(one_seal(), value_in(another_holder_s()).rstrip(b"\0"))


@forgery("signature/form", Standing.NOT_OURS)
def a_version_that_says_nothing() -> bytes:
    def edit(content: Any) -> None:
        content["version"] = "v3"

    return _edited(edit)


@forgery("signature/form", Standing.NOT_OURS)
def a_list_of_digests_with_one_more() -> bytes:
    def edit(content: Any) -> None:
        content["digest_algorithms"].append(algos.DigestAlgorithm({"algorithm": "sha512"}))

    return _edited(edit)


def _signed_with(digest: str = "sha256", key: Any = None, **step: Any) -> bytes:
    signer = the_house().ca.certify(AGENCY, key) if key is not None else the_house().agency
    return signed(stamped(), [Step(signer, "AgencySeal", MDPPerm.NO_CHANGES, digest, **step)])


@forgery("strength/hash", Standing.NOT_OURS)
def a_digest_that_can_be_forged() -> bytes:
    return _signed_with("sha1")


@forgery("strength/key", Standing.NOT_OURS)
def a_key_of_1024_bits() -> bytes:
    return _signed_with(key=new_key("RSA-1024"))


@forgery("strength/key", Standing.NOT_OURS)
def a_key_of_a_kind_that_few_readers_know() -> bytes:
    return _signed_with("sha512", key=new_key("Ed25519"))


@forgery("signature/kind", Standing.NOT_OURS)
def a_signature_of_the_older_kind() -> bytes:
    return _signed_with(subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED)
