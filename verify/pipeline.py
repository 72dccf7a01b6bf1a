"""The pipeline of verification, as one page: read, claim, hold against what is trusted, check, judge, report.

    verify_photo(Path("photo.jpg"), trust, now)   # a Report, whatever the picture holds
    verify_pdf(Path("cert.pdf"), trust, now)
    verify_code("Y000041000001263000001", trust, now)

`trust` is anything that answers as `verify.trusting.Trusted`; None means that nothing is trusted, and then nothing is
ever VALID. Nothing here touches a network. An `InputError` means that the file could not be read at all.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

from certgen import __version__
from certgen.errors import CodeError, InputError, PayloadSignatureError, Said
from certgen.exchange import payload
from certgen.exchange.payload import SignedPayload
from certgen.exchange.register_view import Registered, RegisterView
from certgen.standards.codes import henan
from certgen.standards.codes.identify import DocumentKind, Identified, identify
from certgen.standards.codes.national import CertificateCode
from certgen.standards.codes.parts import Part
from verify import advice
from verify.checks.catalogue import ALL
from verify.checks.running import run
from verify.claims import Channel, Claim, Claims, Field
from verify.evidence import Axis, Evidence, Outcome
from verify.held import KeyFacts, ListFacts
from verify.matter import Matter
from verify.official import OfficialAnswer
from verify.page.fields import fields_of
from verify.qr_text import QrKind, QrText, best
from verify.reading import Seen, read_pdf, read_photo
from verify.report import Read, Report, Subject
from verify.trusting import Trusted
from verify.verdict import PROOFS, judge


@dataclass(frozen=True, slots=True)
class Against:
    """What a certificate is held against, besides what is trusted."""

    register: RegisterView | None = None
    official: OfficialAnswer | None = None
    listed: tuple[Claim, ...] = ()  # the row of the user's own list that belongs to it
    asked: str = ""  # the code that the user typed beside the file


NOTHING = Against()
_NO_CODE = Identified(
    DocumentKind.UNKNOWN, Said("没有读到证书编码", "no certificate code was found")
)


def verify_photo(
    data: bytes | Path,
    trust: Trusted | None,
    now: datetime,
    *,
    name: str = "",
    ocr: bool | None = None,
    against: Against = NOTHING,
    seconds: float = 10.0,
) -> Report:
    """The report on a photo, scan or screenshot. `ocr` None: where the extra is installed.

    Raises `InputError` for what is no picture, is broken or exceeds the limits.
    """
    seen = read_photo(data, ocr=_ocr_wanted(ocr), seconds=seconds)
    return report_on(seen, _subject("photo", data, name, seen), trust, now, against)


def verify_pdf(
    data: bytes | Path,
    trust: Trusted | None,
    now: datetime,
    *,
    name: str = "",
    page: int | None = None,
    ocr: bool | None = None,
    against: Against = NOTHING,
) -> Report:
    """The report on a PDF: its signature, its text and the QR code on its page.

    Raises `CertgenError` for a file that cannot be read within time and memory.
    """
    seen = read_pdf(data, page, ocr=_ocr_wanted(ocr))
    return report_on(seen, _subject("pdf", data, name, seen), trust, now, against, pdf=data)


def verify_code(
    code: str, trust: Trusted | None, now: datetime, *, against: Against = NOTHING
) -> Report:
    """The report on a typed code: what it says, and what a register or a person says of it."""
    plain = "".join(code.split())[:64]
    claims = Claims((Claim(Field.CODE, plain, Channel.CODE),)).and_(against.listed)
    matter = Matter(now=now, claims=claims, code=plain)
    return _judged(matter, Subject("code", plain), trust, against, Read(), b"")


def report_on(
    seen: Seen,
    subject: Subject,
    trust: Trusted | None,
    now: datetime,
    against: Against = NOTHING,
    pdf: bytes | Path | None = None,
) -> Report:
    """The report on what was read already; `pdf` is the file itself, where it is one and may be signed."""
    qr = best(seen.texts)
    claims = claims_of(seen).and_(against.listed)
    if against.asked:
        claims = claims.and_([Claim(Field.CODE, against.asked, Channel.CODE)])
    reading = seen.reading
    read = Read(
        reading.stage,
        reading.ms,
        reading.size,
        tuple(diagnosis.said for diagnosis in reading.diagnoses),
        reading.notes,
    )
    matter = Matter(
        now=now,
        claims=claims,
        code=claims.value(Field.CODE),
        qr_texts=seen.texts,
        reading_trouble=read.troubles,
        signed=qr.signed if qr else None,
        payload_trouble=qr.trouble if qr else None,
        page=seen.page,
        page_trouble=seen.page_trouble,
        pdf=pdf is not None,
    )
    return _judged(matter, subject, trust, against, read, seen.picture, pdf)


def _judged(
    matter: Matter,
    subject: Subject,
    trust: Trusted | None,
    against: Against,
    read: Read,
    picture: bytes,
    pdf: bytes | Path | None = None,
) -> Report:
    matter = _held(matter, trust, against, pdf)
    evidence = run(ALL, matter)
    identified = identify(matter.code) if matter.code else _NO_CODE
    return Report(
        subject=subject,
        judgement=judge(evidence),
        evidence=evidence,
        claims=matter.claims,
        trusted=_trusted(evidence),
        kind=identified.kind,
        kind_said=identified.said,
        parts=_parts(matter.code),
        caveats=advice.caveats(matter, evidence),
        advice=advice.steps(matter, identified.kind),
        sources=_sources(matter),
        read=read,
        checked_at=matter.now,
        software=f"certgen {__version__}",
        picture=picture,
    )


def _held(
    matter: Matter, trust: Trusted | None, against: Against, pdf: bytes | Path | None
) -> Matter:
    """The matter with everything it can be held against looked up."""
    signed = matter.signed
    key = status = pdf_facts = signers = None
    trouble: Said | None = None
    if signed is not None and trust is not None:
        key = trust.key(signed.code, signed.key_id, signed.claims.issue_date, matter.now)
        try:
            trouble = _signature_trouble(signed, key)
        except (
            InputError
        ):  # SM2 without its extra: the signature was not checked, so the key serves nothing
            key = replace(key, spki=b"")
        status = trust.status(signed.code, signed.claims.status_index, matter.now)
    if pdf is not None and trust is not None:
        pdf_facts = trust.examine(pdf, matter.now)
        signers = trust.signers(matter.code, matter.now) if matter.code else None
    registered = against.register.find(matter.code) if against.register and matter.code else None
    return replace(
        matter,
        claims=matter.claims.and_([*_register_claims(registered), *_key_claims(key)]),
        key=key,
        signature_trouble=trouble,
        status=status,
        pdf_signature=pdf_facts,
        pdf_signer=signers,
        register_asked=against.register is not None,
        registered=registered,
        official=against.official,
        filed_names=(key.agency,) if key and key.agency else (),
        known_prefixes=trust.prefixes() if trust is not None else (),
        hosts=key.hosts if key else (),
    )


def _signature_trouble(signed: SignedPayload, key: KeyFacts) -> Said | None:
    if not key.spki:
        return None
    try:
        payload.verify(signed, key.spki)
    except PayloadSignatureError as problem:
        return problem.said
    return None


def claims_of(seen: Seen) -> Claims:
    """What a page claims, by all its channels."""
    return Claims((*_qr_claims(best(seen.texts)), *_page_claims(seen)))


def _qr_claims(qr: QrText | None) -> tuple[Claim, ...]:
    if qr is None:
        return ()
    if qr.signed is None:
        channel = Channel.CODE if qr.kind is QrKind.CODE else Channel.ADDRESS
        return (Claim(Field.CODE, qr.code, channel),) if qr.code else ()
    said = qr.signed.claims
    values = {
        Field.CODE: qr.signed.code,
        Field.NAME: said.name,
        Field.IDENTITY_TYPE: said.identity_type.value,
        Field.IDENTITY_TAIL: said.last_four,
        Field.OCCUPATION: said.occupation,
        Field.JOB: said.job or "",
        Field.LEVEL: qr.signed.code[15],
        Field.ISSUE_DATE: said.issue_date.isoformat(),
    }
    return tuple(Claim(field, value, Channel.PAYLOAD) for field, value in values.items())


def _page_claims(seen: Seen) -> tuple[Claim, ...]:
    found = fields_of(seen.page) if seen.page else ()
    title = seen.metadata.get("Title", "")
    code = title.split()[-1] if title else ""
    if identify(code).code is not None:
        found = (*found, Claim(Field.CODE, code, Channel.METADATA))
    author = seen.metadata.get("Author", "")
    return (*found, Claim(Field.AGENCY, author, Channel.METADATA)) if author else found


def _key_claims(key: KeyFacts | None) -> tuple[Claim, ...]:
    return (Claim(Field.AGENCY, key.agency, Channel.KEY_LIST),) if key and key.agency else ()


def _register_claims(found: Registered | None) -> tuple[Claim, ...]:
    if found is None:
        return ()
    values = {
        Field.CODE: found.code,
        Field.NAME: found.name,
        Field.IDENTITY_TYPE: found.identity_type.value,
        Field.IDENTITY_TAIL: found.last_four,
        Field.OCCUPATION: found.occupation,
        Field.JOB: found.job or "",
        Field.LEVEL: found.code[15],
        Field.ISSUE_DATE: found.issue_date.isoformat(),
    }
    return tuple(Claim(field, value, Channel.REGISTER) for field, value in values.items())


def _trusted(evidence: tuple[Evidence, ...]) -> frozenset[Channel]:
    """The channels whose claims are proven by what passed."""
    passed = {one.check for one in evidence if one.outcome is Outcome.PASSED}
    by_qr, by_pdf = PROOFS[Axis.DOCUMENT]
    found = set()
    if by_qr <= passed:
        found |= {Channel.PAYLOAD, Channel.KEY_LIST}
    if by_pdf <= passed:
        found |= {Channel.PDF_TEXT, Channel.METADATA}
    if "register/entry" in passed:
        found.add(Channel.REGISTER)
    return frozenset(found)


def _parts(code: str) -> tuple[Part, ...]:
    try:
        return henan.explain(CertificateCode.parse("".join(code.split())))
    except CodeError:
        return ()


def _sources(matter: Matter) -> tuple[ListFacts, ...]:
    held = (matter.key, matter.status, matter.pdf_signer)
    return tuple(dict.fromkeys(one.source for one in held if one and one.source))


def _subject(kind: str, data: bytes | Path, name: str, seen: Seen) -> Subject:
    with BytesIO(data) if isinstance(data, bytes) else data.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    size = len(data) if isinstance(data, bytes) else data.stat().st_size
    name = name or (data.name if isinstance(data, Path) else "")
    return Subject(kind, name, digest, size, seen.reading.page, seen.pages)


def _ocr_wanted(ocr: bool | None) -> bool:  # noqa: FBT001 - three-valued
    if ocr is None:
        from verify.page import ocr as reader  # noqa: PLC0415 - an extra

        return reader.installed()
    return ocr
