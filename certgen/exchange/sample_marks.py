"""How a sample certificate authority (样例 CA) and everything below it are told from real ones.

Sample keys are made on the spot, so that no list of keys can name them. Instead every certificate of
theirs says what it is, in its names and in an extension that no other authority has a reason to
write. The issuer refuses to sign real certificates with such a key; the verifier denies such roots.
"""

SAMPLE_WORD = "样例"
"""Stands in the name of every sample agency and in the names of every sample certificate (samples/)."""

SAMPLE_ORGANISATION = "SAMPLE / 样例 (NOT VALID)"
"""Organisation (O) of the sample root, organisational unit (OU) of what it issues."""

SAMPLE_OID = "2.25.210861325483046021784313985273940551367"
"""The extension, under the arc of random numbers (ITU-T X.667): nobody assigns them twice."""

SAMPLE_NOTE = b"\x0c\x10SAMPLE NOT VALID"
"""Its value: a UTF8String in DER."""
