"""Many certificates at once: a folder, a zip, a scan of hundreds of pages, or the user's own list."""
