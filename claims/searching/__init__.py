"""What a search means and where it is met: words, queries, marks. Pure functions, no database.

Both databases index the words that `words` makes of a text, and are asked only for such words, so
that SQLite and PostgreSQL find the same things and nothing that is typed is syntax to them.
"""
