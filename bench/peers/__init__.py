"""The other engines of the benchmark, each a module with `setup` and `render_one`."""
