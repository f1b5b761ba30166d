"""How the lines of `counterclaim.jsonl` are told apart: for its writer and for its reader."""

from __future__ import annotations

FORMAT = "counterclaim.jsonl"
VERSION = 1
FILES = "files"
"""What stands as `table` of a line that holds a file: not a table of rows."""
