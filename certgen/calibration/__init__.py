"""Printer calibration (打印校准): the target, what was measured on it, least squares, the profiles that are kept."""
