"""Who may be issued (谁可以发证): what a good row must still pass before it is given a number.

The intake asks whether a row is right; this package asks whether the agency may certify it: approved
by the centre, filed for this site and day, no access-type occupation, on the employer's staff list.
`gate.Gate` asks all of it.
"""
