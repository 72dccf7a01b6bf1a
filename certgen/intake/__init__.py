"""From what people send (rosters, photo folders) to records and findings."""
