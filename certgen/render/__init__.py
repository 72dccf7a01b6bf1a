"""Page → PDF in two phases: `plan` once a batch, `stamp` once a record. Here, and only here, mm become points."""
