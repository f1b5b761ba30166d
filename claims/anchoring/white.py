"""The one class of white space that the server and the browser share."""

from __future__ import annotations

WHITE = (
    "\t\n\v\f\r"  # U+0009 to U+000D
    "\x1c\x1d\x1e\x1f"  # the separators that Python strips and JavaScript does not
    " "
    "\x85\xa0"  # next line, no-break space
    "\u1680"  # Ogham space
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"  # en quad to hair space
    "\u200b"  # zero-width space: not White_Space, but nobody sees it at the end of a quote
    "\u2028\u2029"  # line and paragraph separator
    "\u202f\u205f\u3000"  # narrow no-break, mathematical and ideographic space
    "\ufeff"  # zero-width no-break space (byte order mark)
)
"""Every code point that counts as white space here.

Unicode's White_Space property, U+001C to U+001F, U+200B and U+FEFF. Python's `str.strip`
and JavaScript's `\\s` differ from each other, so both sides use this list and neither of
those. Joiners (U+200C, U+200D) and direction marks are not in it: they belong to words.
"""
