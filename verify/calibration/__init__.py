"""Reads a photograph or scan of a calibration target (校准页): where the paper ends, in the target's millimetres."""
