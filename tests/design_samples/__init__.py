"""Designs for the tests of the linter: our own pages in every format, with one hook to change or plant anything.

page = pages.a_page()                                    # the composer's page
page = pages.changed(page, lambda item: …)               # another size, face, text, place
data = pdf.drawn(page, [Plant("国家", Way.WHITE)])        # as a drawing program would write it
data = scans.scanned(data, skew_deg=1.5, noise=4)        # PNG, JPEG or TIFF of it
data = svg.drawn(page, plants); office.docx(page, plants); office.pptx(page, plants); pages.listed(page)
"""
