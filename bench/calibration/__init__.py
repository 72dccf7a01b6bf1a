"""Calibrations in simulation: printed with a known misplacement, photographed or read with a ruler, read back."""
