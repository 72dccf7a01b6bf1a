"""Read machine-readable codes out of pictures. The one place that knows the decoders."""
