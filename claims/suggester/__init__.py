"""Proposals for the claim form, by rules: who, reporting words, date, figures.

Every proposal is a true span of the text, and nothing is saved that a person has not
seen. A language is one data file in `languages/`.
"""
