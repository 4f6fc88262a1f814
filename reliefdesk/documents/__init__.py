"""Facts in, PDF bytes out: one file per form."""
