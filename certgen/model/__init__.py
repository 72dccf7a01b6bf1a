"""What this toolkit decides: records, findings, page primitives. No third-party package, no I/O."""
