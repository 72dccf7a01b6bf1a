"""The targets of `bench.fuzz`, one a module."""
