"""Why a check did not pass: permanent short codes, and how much each weighs when it failed.

INVALID (无效) is a grave word, somebody may lose a job by it. Only what an agency signed, or what a register or status
list says, is grave; whatever a lawful certificate could also show asks for another look.
"""

from enum import StrEnum


class Weight(StrEnum):
    """What a failed check does to its axis and to the verdict."""

    NONE = "none"  # it did not fail
    DOUBT = "doubt"  # axis: cannot tell; verdict: look again
    FIRM = "firm"  # axis: no; verdict: look again
    GRAVE = "grave"  # axis: no; verdict: INVALID


class Reason(StrEnum):
    """The reasons, gravest first. The value is permanent; the table in docs/verify.md repeats it."""

    # A bad signature, a status that ends it, a contradiction with signed or registered facts.
    BAD_SIGNATURE = "bad-signature"
    CHANGED_AFTER_SIGNING = "changed-after-signing"
    KEY_OF_ANOTHER_AGENCY = "key-of-another-agency"  # a signed list gives the site to another
    CONTRADICTS_SIGNED = "contradicts-signed"
    CONTRADICTS_REGISTER = "contradicts-register"
    VOID = "void"
    SUPERSEDED = "superseded"

    # Wrong for certain, and yet a lawful certificate may show it, or the slip is the reader's.
    CODE_MALFORMED = "code-malformed"
    CODE_AGAINST_DATE = "code-against-date"
    CODE_AGAINST_LEVEL = "code-against-level"
    PAYLOAD_MALFORMED = "payload-malformed"
    KEY_NOT_VALID_THEN = "key-not-valid-then"
    KEY_COMPROMISED = "key-compromised"
    KEY_OUT_OF_SCOPE = "key-out-of-scope"  # of a site that no list names: it may be new
    SIGNER_OF_ANOTHER_AGENCY = "signer-of-another-agency"
    SIGNER_REVOKED = "signer-revoked"
    NOT_IN_REGISTER = "not-in-register"
    RESTRICTED_WORDING = "restricted-wording"
    LOOK_ALIKE_ADDRESS = "look-alike-address"
    NOT_ACCEPTED = "not-accepted"  # a PDF signature that breaks the acceptance rules

    # Seen uncertainly, or a rule that has exceptions.
    PAGE_UNCLEAR = "page-unclear"  # the signed value stands on the page, but not beside its label
    LOCAL_RULE = "local-rule"
    OCR_DIFFERS = "ocr-differs"
    OCR_NEAR = "ocr-near"
    TYPED_DIFFERS = "typed-differs"
    SUSPENDED = "suspended"
    OFFICIAL_NOT_FOUND = "official-not-found"
    OTHER_HOST = "other-host"

    # Nothing to check with: always SKIPPED.
    NOTHING_READ = "nothing-read"
    OTHER_DOCUMENT = "other-document"
    NO_CODE = "no-code"
    NO_DATE = "no-date"
    NO_PAYLOAD = "no-payload"
    NO_PDF = "no-pdf"
    PLAIN_ADDRESS = "plain-address"
    KEY_UNKNOWN = "key-unknown"
    SAMPLE_KEY = "sample-key"
    LIST_EXPIRED = "list-expired"
    LIST_ROLLED_BACK = "list-rolled-back"
    NO_LIST = "no-list"
    STATUS_UNKNOWN = "status-unknown"
    NO_REGISTER = "no-register"
    NO_TEXT = "no-text"
    NOT_COMPARED = "not-compared"
    UNREADABLE = "unreadable"
    UNSIGNED = "unsigned"
    SIGNER_UNKNOWN = "signer-unknown"
    OFFICIAL_NOT_ASKED = "official-not-asked"

    BROKE = "broken"  # always ERROR

    @property
    def weight(self) -> Weight:
        """How much it counts when the check failed."""
        return _WEIGHTS.get(self, Weight.DOUBT)


_WEIGHTS = {
    **dict.fromkeys(
        (
            Reason.BAD_SIGNATURE,
            Reason.CHANGED_AFTER_SIGNING,
            Reason.KEY_OF_ANOTHER_AGENCY,
            Reason.CONTRADICTS_SIGNED,
            Reason.CONTRADICTS_REGISTER,
            Reason.VOID,
            Reason.SUPERSEDED,
        ),
        Weight.GRAVE,
    ),
    **dict.fromkeys(
        (
            Reason.CODE_MALFORMED,
            Reason.CODE_AGAINST_DATE,
            Reason.CODE_AGAINST_LEVEL,
            Reason.PAYLOAD_MALFORMED,
            Reason.KEY_NOT_VALID_THEN,
            Reason.KEY_COMPROMISED,
            Reason.KEY_OUT_OF_SCOPE,
            Reason.SIGNER_OF_ANOTHER_AGENCY,
            Reason.SIGNER_REVOKED,
            Reason.NOT_IN_REGISTER,
            Reason.RESTRICTED_WORDING,
            Reason.LOOK_ALIKE_ADDRESS,
            Reason.NOT_ACCEPTED,
        ),
        Weight.FIRM,
    ),
}
