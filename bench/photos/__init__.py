"""Photographs that were never taken: certificates seen by a simulated telephone, and who can read them.

Independent of the reader it judges: nothing here comes from `verify` but the call that is measured.
"""
