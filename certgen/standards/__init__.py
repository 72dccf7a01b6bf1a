"""What the notices say: pure data and pure functions, every constant with its clause.

No third-party package, no file of the user, no clock.
"""
