"""Offsets, paragraphs, sentences and pieces: pure functions over an article's text.

All offsets are Unicode code points into the stored text, half-open: `text[start:end]`.
"""
