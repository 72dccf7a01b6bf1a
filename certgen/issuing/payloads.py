"""Sign what the QR codes of a run say (二维码签名数据), once for each number, before any page is composed.

The register keeps the text: a resumed run and a reprint years later say the same, whoever signs by then.
"""

from collections.abc import Iterable
from hashlib import sha256
from itertools import islice

from certgen.errors import InputError, SignedDataError, SigningError
from certgen.exchange import payload
from certgen.exchange.agency import QrProfile
from certgen.exchange.cose import Signs
from certgen.issuing.claims import claims_of
from certgen.issuing.run import Run, Step, chunks
from certgen.registry.entries import Entry
from certgen.sign.payload_keys import PayloadKey


def sign(run: Run) -> None:
    """Sign every wanted number that is not signed yet, a chunk a transaction."""
    if run.agency.qr is not QrProfile.SIGNED:
        return
    signer = run.order.payload_signer
    if signer is None:
        raise InputError(
            zh="机构配置要求签名二维码，但没有打开签名密钥",
            en="the agency file asks for signed QR codes, but no key to sign them was opened",
        )
    run.account.qr_fingerprint = sha256(signer.public_key).hexdigest()
    total, done = len(run.wanted), 0
    for chunk in chunks(run.register.pending(run.job)):
        run.watch(Step.QR, min(done, total), total)
        texts = {
            entry.code: signed_text(run.agency.qr_host, entry, signer)
            for entry in chunk
            if not entry.qr
        }
        _try(texts.values(), signer)
        run.register.set_qr(texts)
        done += len(chunk)
    run.watch(Step.QR, total, total)


def signed_text(host: str, entry: Entry, signer: Signs) -> str:
    """The text of the QR code of one number."""
    if entry.status_index is None:
        raise AssertionError(
            entry.code
        )  # only what was imported has no place: it is made elsewhere
    claims = claims_of(entry.record, entry.status_index)
    return payload.sign(host, entry.code, claims, signer)


def _try(texts: Iterable[str], signer: Signs) -> None:
    """Verify what was signed, as a stranger would: of a key of our own one in each chunk, of a service everything."""
    own = isinstance(signer, PayloadKey)
    for text in islice(texts, 1 if own else None):
        try:
            payload.verify(payload.parse(text), signer.public_key)
        except SignedDataError as error:
            raise SigningError(
                zh="二维码签名不能通过核验，未制证：请检查签名服务和它的公钥",
                en="a QR code's signature does not verify, nothing was made: check the signing service and its key",
            ) from error
