"""What both sides read and write: the agency file and the other small documents that `certgen` and `verify` share."""
