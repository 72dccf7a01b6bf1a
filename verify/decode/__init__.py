"""Read machine-readable codes out of pictures. The one place that knows the decoders.

    from verify.decode.reader import read
    reading = read(Path("photo.jpg"), accept=is_ours)
    reading.text, reading.stage  # ('https://agency.example/c/Y000…', 'zxing')

`reader.read` one picture, `pages.pages` the pictures in a file, `typed.suggestions` for a code typed wrongly.
"""
