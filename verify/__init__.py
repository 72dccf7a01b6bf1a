"""Check certificates: what `certgen` made, read back by other engines. Never imports a renderer."""
