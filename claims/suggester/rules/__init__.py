"""Attributions by rules, with no training: every construction by the words of a language."""
