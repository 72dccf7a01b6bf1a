"""The codes on certificates and cards, one module a code; `identify` tells them apart."""
