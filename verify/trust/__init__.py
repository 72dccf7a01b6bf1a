"""Whom this verifier trusts: pinned roots and keys, the lists they signed, and what those say of a key or a status.

    store = TrustStore.open(folder)                              # verify.trust.store
    standing = store.payload_key(code, key_id, issue_date, now)  # whose key, may it sign this?
    store.status(code, index, now)                               # valid, void, superseded, suspended, unknown

It comes with no root of its own. What nobody pinned proves nothing: "signed by an unknown key".
"""
