"""Tests of certgen.clerk."""
