"""One file a format: records in, bytes out, streaming. No Django and no database here."""
