"""The acceptance rules for a signed PDF, layer by layer; `verify.checks.signature` is the way in."""
