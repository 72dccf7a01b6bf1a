"""Commands of `certverify`, a module each; `verify.cli` names them and imports them when they are called."""
