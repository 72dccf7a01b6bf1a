"""The verification page (核验页面): one folder of HTML, script and WASM that a browser runs without a server.

`page/` is its source, small ES modules; `build` makes the folder out of them; `serve` hands the same
folder to a browser on this computer and adds the Python pipeline.
"""
