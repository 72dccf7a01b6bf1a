"""Sign as anybody could, with pyHanko: in any order, under any name, with any key and digest."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.fields import (
    FieldMDPAction,
    FieldMDPSpec,
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
)
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from certgen.sign.keys import Key


@dataclass(frozen=True)
class Step:
    """One signature: who, in which field, and with which powers."""

    key: Key
    field: str
    certifies: MDPPerm | None = None
    digest: str = "sha256"
    subfilter: SigSeedSubFilter = SigSeedSubFilter.PADES


def simple_signer(key: Key, **options: Any) -> signers.SimpleSigner:
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple([_asn1(one) for one in key.chain])
    der = key.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return signers.SimpleSigner(
        signing_cert=_asn1(key.certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(der),
        cert_registry=store,
        **options,
    )


def _asn1(certificate: Any) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


class Unasked(signers.PdfSigner):
    """A signer that does not care what the certification allows."""

    def _enforce_certification_constraints(self, reader: Any) -> None:
        pass


def timestamper(key: Key, **options: Any) -> DummyTimeStamper:
    signer = simple_signer(key)
    return DummyTimeStamper(
        signer.signing_cert, signer.signing_key, signer.cert_registry, **options
    )


def signed(
    data: bytes, steps: Sequence[Step], *, names: Sequence[str] | None = None, lock: bool = True
) -> bytes:
    """`data` with fields of these names (those of the steps, unless given), signed step by step."""
    writer = IncrementalPdfFileWriter(BytesIO(data))
    for nth, name in enumerate(names or [step.field for step in steps]):
        rule = FieldMDPSpec(FieldMDPAction.ALL) if name == "BranchSeal" and lock else None
        box = (20, 20 + 60 * nth, 70, 70 + 60 * nth)
        spec = SigFieldSpec(name, box=box, on_page=0, field_mdp_spec=rule)
        fields.append_signature_field(writer, spec)
    made = BytesIO()
    writer.write(made)  # type: ignore[no-untyped-call]
    for step in steps:
        meta = signers.PdfSignatureMetadata(
            field_name=step.field,
            md_algorithm=step.digest,
            subfilter=step.subfilter,
            certify=step.certifies is not None,
            docmdp_permissions=step.certifies or MDPPerm.FILL_FORMS,
        )
        signer = Unasked(meta, signer=simple_signer(step.key))
        made = BytesIO(bytes(signer.sign_pdf(IncrementalPdfFileWriter(made)).getbuffer()))
    return made.getvalue()
