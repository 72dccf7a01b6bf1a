"""One reader for each format of a design; each yields pages of the same model (`verify.design.design`)."""
