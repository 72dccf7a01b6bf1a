"""Rare characters (生僻字) before anything is issued: `certgen names`.

`printed` gathers the texts, `rare.find` lists the characters that need a look, `remedies` says what
to do, `pictures.write` shows them.
"""
