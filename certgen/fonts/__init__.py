"""Which font file serves each role of a certificate (楷体, 仿宋, 黑体, Times), and its glyphs.

`fontset.load()` gives the faces, `fetch.fetch()` fills the cache with open ones, `report.rows()`
says who serves what.
"""
