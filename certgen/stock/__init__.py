"""Pre-printed sheets (套打): what stands on the blank stock already, and where the rest goes."""
