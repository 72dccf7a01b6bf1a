"""The register (证书台账): which certificate number belongs to whom, and how far it has got."""
