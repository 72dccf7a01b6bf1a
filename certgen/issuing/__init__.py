"""The steps of a batch, each in its own module; `certgen.batch` tells them in order."""
