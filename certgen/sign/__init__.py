"""Sign electronic certificates: keys out of PKCS#12, signatures as PAdES wants them."""
