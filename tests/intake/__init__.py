"""Tests of certgen.intake."""
