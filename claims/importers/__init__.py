"""Files that hold an article: bytes in, a `Page` or a `ReadError` out. One file a format."""
