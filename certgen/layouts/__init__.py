"""The certificate forms as data, in millimetres. One module a form; nothing here draws."""
