"""Back to the clerk: the template to fill in, and every finding as a list and in the clerk's own workbook."""
