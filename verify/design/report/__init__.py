"""What a reviewer gets of a checked design: JSON, SARIF, a marked copy, HTML, a worksheet, a letter."""
