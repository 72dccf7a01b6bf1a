"""What the verifier and the reviewer see in a terminal, a module a subject. Speaks Chinese or English."""
