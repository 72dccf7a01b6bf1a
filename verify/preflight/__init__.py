"""What a print shop's RIP refuses or prints wrongly, found in any PDF before it is sent: `certgen preflight`.

No open checker of PDF/X exists that we know of; these rules are ours, written from ISO 15930 as it is quoted in
public and from what shops sent back. They say what was found where; a file without findings is not thereby certified.
"""
