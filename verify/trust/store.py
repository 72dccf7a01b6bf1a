"""The trust store (信任库): asks the pinned roots and the lists they signed, and takes newer lists in.

    store = TrustStore.open(folder, allow_sample=False)
    standing = store.payload_key(signed.code, signed.key_id, signed.claims.issue_date, now)
    if standing.public_key is not None:
        payload.verify(signed, standing.public_key)         # PayloadSignatureError
    store.status(signed.code, signed.claims.status_index, now)
    store.pdf_roots(), store.tsa_roots(), store.pdf_signers(code)

`now` is always given, with its time zone. Nothing here decides a verdict.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from certgen.errors import InputError
from certgen.exchange import key_list, pack, status_list
from certgen.exchange.key_list import KeyList, KeyStatus, ListedAgency, ListedKey
from certgen.exchange.signed_file import PREFIX_LENGTH
from certgen.exchange.status_list import Status, StatusList
from verify.trust import folder as files
from verify.trust.denied import is_denied_name
from verify.trust.pins import Kind, Pin
from verify.trust.proof import DAY, AnyList, Source, facts_of, parsed, proves, signer_of
from verify.trust.standing import (
    KeyStanding,
    KeyUse,
    StatusAnswer,
    StatusStanding,
    Taken,
    Update,
)

_ANSWERS = {
    Status.VALID: StatusAnswer.VALID,
    Status.VOID: StatusAnswer.VOID,
    Status.SUPERSEDED: StatusAnswer.SUPERSEDED,
    Status.SUSPENDED: StatusAnswer.SUSPENDED,
}


_PREFERENCE = {
    use: rank
    for rank, use in enumerate(
        (
            KeyUse.GOOD,
            KeyUse.COMPROMISED,
            KeyUse.TOO_LATE,
            KeyUse.TOO_EARLY,
            KeyUse.SAMPLE,
            KeyUse.OUT_OF_SCOPE,
            KeyUse.UNKNOWN,
        )
    )
}


class TrustStore:
    """The pins and lists of one folder."""

    def __init__(self, folder: Path, pins: tuple[Pin, ...], *, allow_sample: bool = False) -> None:
        self.folder = folder
        self.pins = pins
        self._allow_sample = allow_sample

    @classmethod
    def open(cls, folder: Path | None = None, *, allow_sample: bool = False) -> "TrustStore":
        """The store in `folder` (None: the user's own); one that is not there is empty.

        `allow_sample` accepts what is on the deny list. Raises `InputError` for a damaged store.
        """
        where = folder or files.default_folder()
        return cls(where, files.read_pins(where), allow_sample=allow_sample)

    # What verifiers ask.

    def payload_key(self, code: str, key_id: bytes, issue_date: date, now: datetime) -> KeyStanding:
        """How the key that a payload names stands towards the payload's code and issue date."""
        known = self._keys.get(key_id, ())
        site = code[:PREFIX_LENGTH]
        standings = [self._standing(*one, site, issue_date, now) for one in known]
        # Several only where two roots know the same agency: the most useful answer.
        best = min(
            standings,
            key=lambda standing: _PREFERENCE[standing.use],
            default=KeyStanding(KeyUse.UNKNOWN),
        )
        return replace(
            best,
            site_known=any(source.listed.agency_of(site) for source in self.sources),
            pinned=any(not pin.kind.is_certificate for pin in self.pins),
        )

    def status(self, code: str, index: int, now: datetime) -> StatusStanding:
        """What the newest list of the code's agency says of this version of the certificate."""
        covering = [one for one in self.status_lists if one[0].covers(code)]
        if not covering:
            return StatusStanding(StatusAnswer.UNKNOWN)
        listed, agency = max(covering, key=lambda one: one[0].number)
        found = listed.status(index)
        answer = StatusAnswer.UNKNOWN if found is None else _ANSWERS[found]
        return StatusStanding(answer, facts_of(listed, now), agency.name)

    def pdf_roots(self) -> tuple[bytes, ...]:
        """The certificates (DER) under which PDF signatures are trusted."""
        return self._certificates(Kind.PDF_ROOT)

    def tsa_roots(self) -> tuple[bytes, ...]:
        """The certificates (DER) under which timestamps are trusted."""
        return self._certificates(Kind.TSA_ROOT)

    def pdf_signers(self, code: str) -> frozenset[str] | None:
        """SHA-256 (hex) of the public keys (SubjectPublicKeyInfo) that may sign PDFs with this code.

        None: no list names the site of the code, so that no signer can be bound to its agency.
        """
        agencies = [
            agency
            for source in self.sources
            if (agency := source.listed.agency_of(code)) and self._admits(source, agency)
        ]
        if not agencies:
            return None
        return frozenset(signer for agency in agencies for signer in agency.pdf_signers)

    # What the user does.

    def add(self, offered: Pin, *, by: str, now: datetime, introduction: bytes = b"") -> Pin:
        """Trust what was offered. The caller has compared the fingerprint.

        `introduction` is the file that an agency key was read from: its first key list.
        """
        if offered.is_sample and not self._allow_sample:
            raise InputError(
                zh="这是样例密钥，任何人都能用它签发：仅供试用，请加 --allow-sample",
                en="this is a sample key, anybody can sign with it: for trying out only, with --allow-sample",
            )
        if any(
            (pin.kind, pin.fingerprint) == (offered.kind, offered.fingerprint) for pin in self.pins
        ):
            raise InputError(
                zh="已经固定，无需重复：见 certverify trust list",
                en="it is pinned already: see certverify trust list",
            )
        pin = replace(offered, added_at=now, added_by=by)
        self._keep((*self.pins, pin))
        if introduction:
            self.update(introduction, now)
        return pin

    def remove(self, fingerprint: str) -> tuple[Pin, ...]:
        """Trust no longer what has this fingerprint, nor the lists that it proved; what was removed."""
        gone = tuple(pin for pin in self.pins if pin.fingerprint == fingerprint)
        if not gone:
            raise InputError(
                zh="没有这个指纹的固定项：见 certverify trust list",
                en="nothing with this fingerprint is pinned: see certverify trust list",
            )
        self._keep(tuple(pin for pin in self.pins if pin not in gone))
        for pin in gone:
            files.remove_list(self.folder, f"{pin.fingerprint}.keys")
        return gone

    def update(self, data: bytes, now: datetime) -> tuple[Update, ...]:
        """Take in a key list, a status list, or a pack of both; what became of each.

        Raises `TrustListError` if the file itself cannot be read. Of an older list than one seen, or of one that no
        pinned root proves, nothing is kept.
        """
        lists = pack.read(data)
        # Key lists first: they may name the keys that signed the status lists.
        updates = [self._take_keys(one, listed, now) for one, listed in lists.key_lists]
        updates += [self._take_status(one, listed, now) for one, listed in lists.status_lists]
        return tuple(updates)

    # How lists are proved.

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The newest key list of each pin, proved again."""
        kept = [
            listed
            for data in files.read_lists(self.folder, "keys", key_list.FORM.limit)
            if (listed := parsed(data, key_list.parse))
        ]
        return tuple(
            Source(pin, listed)
            for pin in self.pins
            for listed in kept
            if not pin.kind.is_certificate and proves(pin, listed) is Taken.NEW
        )

    @cached_property
    def status_lists(self) -> tuple[tuple[StatusList, ListedAgency], ...]:
        """The kept status lists that a listed agency proves, and which one."""
        return tuple(
            (listed, agency)
            for data in files.read_lists(self.folder, "status", status_list.FORM.limit)
            if (listed := parsed(data, status_list.parse))
            and isinstance(agency := signer_of(listed, self._admitted), ListedAgency)
            and (self._allow_sample or not is_denied_name(agency.name))
        )

    @property
    def _admitted(self) -> list[Source]:
        return [one for one in self.sources if self._allow_sample or not one.pin.is_sample]

    @cached_property
    def _keys(self) -> dict[bytes, list[tuple[Source, ListedAgency, ListedKey]]]:
        """Every listed key by its key id."""
        found: dict[bytes, list[tuple[Source, ListedAgency, ListedKey]]] = {}
        for source in self.sources:
            for agency in source.listed.agencies:
                for key in agency.keys:
                    found.setdefault(key.key_id, []).append((source, agency, key))
        return found

    def _take_keys(self, data: bytes, listed: KeyList, now: datetime) -> Update:
        taken, name = Taken.UNKNOWN_SIGNER, ""
        for pin in self.pins:
            if pin.kind.is_certificate:
                continue
            proved = proves(pin, listed)
            if proved is Taken.UNKNOWN_SIGNER:
                continue
            taken, name = proved, pin.label
            if taken is Taken.NEW:
                seen = [s.listed for s in self.sources if s.pin == pin]
                taken = self._newer(listed, seen, now, is_sample=pin.is_sample)
                if taken is Taken.NEW:
                    files.write_list(self.folder, f"{pin.fingerprint}.keys", data)
                    self._forget()
                break
        return Update("key-list", taken, facts_of(listed, now), name)

    def _take_status(self, data: bytes, listed: StatusList, now: datetime) -> Update:
        signer = signer_of(listed, self._admitted)
        if isinstance(signer, Taken):
            return Update("status-list", signer, facts_of(listed, now), "")
        seen = [one for one, _ in self.status_lists if set(one.prefixes) & set(listed.prefixes)]
        taken = self._newer(listed, seen, now, is_sample=is_denied_name(signer.name))
        if taken is Taken.NEW:
            name = sha256(" ".join(sorted(listed.prefixes)).encode()).hexdigest()
            files.write_list(self.folder, f"{name}.status", data)
            self._forget()
        return Update("status-list", taken, facts_of(listed, now), signer.name)

    def _newer(
        self, listed: AnyList, seen: Sequence[AnyList], now: datetime, *, is_sample: bool
    ) -> Taken:
        if is_sample and not self._allow_sample:
            return Taken.SAMPLE
        if listed.issued > now + DAY:
            return Taken.FUTURE
        for one in seen:
            if one.message == listed.message:
                return Taken.KNOWN
            if one.number == listed.number:
                return Taken.CONFLICT
            if one.number > listed.number:
                return Taken.OLDER
        return Taken.NEW

    def _standing(
        self,
        source: Source,
        agency: ListedAgency,
        key: ListedKey,
        site: str,
        issue_date: date,
        now: datetime,
    ) -> KeyStanding:
        if not self._admits(source, agency):
            use = KeyUse.SAMPLE
        elif site not in agency.prefixes:
            use = KeyUse.OUT_OF_SCOPE
        elif key.status is KeyStatus.COMPROMISED:
            use = KeyUse.COMPROMISED
        elif issue_date < key.not_before:
            use = KeyUse.TOO_EARLY
        elif issue_date > min(key.not_after, key.since or date.max):
            use = KeyUse.TOO_LATE
        else:
            use = KeyUse.GOOD
        return KeyStanding(
            use,
            key.public_key,
            agency.name,
            source.pin,
            facts_of(source.listed, now),
            key.not_before,
            key.not_after,
            key.since,
        )

    def _admits(self, source: Source, agency: ListedAgency) -> bool:
        return self._allow_sample or not (source.pin.is_sample or is_denied_name(agency.name))

    def _certificates(self, kind: Kind) -> tuple[bytes, ...]:
        return tuple(
            pin.material
            for pin in self.pins
            if pin.kind is kind and (self._allow_sample or not pin.is_sample)
        )

    def _keep(self, pins: tuple[Pin, ...]) -> None:
        files.write_pins(self.folder, pins)
        self.pins = pins
        self._forget()

    def _forget(self) -> None:
        for name in ("sources", "status_lists", "_keys"):
            self.__dict__.pop(name, None)
