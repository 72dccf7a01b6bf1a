"""Commands of `certgen`, a module each; `certgen.cli` names them and imports them when they are called."""
