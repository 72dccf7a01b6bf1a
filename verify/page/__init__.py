"""The printed page as text with places: out of a PDF or by OCR, and the fields that its labels name."""
