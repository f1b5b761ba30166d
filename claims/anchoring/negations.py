"""Words that turn a sentence into its opposite: one more or less is no change of wording."""

from __future__ import annotations

from collections.abc import Sequence

NEGATIONS = frozenset(
    """
    no not never none nor neither nobody nothing cannot without hardly barely un non denied denies
    deny denying false falsely untrue refuted refutes rejected rejects
    ne pas aucun aucune jamais sans ni nie nient
    nicht kein keine keinen keiner keinem keines nie niemals ohne weder bestreitet bestritt
    no ningún ninguna nunca jamás sin tampoco niega
    не нет ни без никогда отрицает отрицают
    لا لم لن ليس ليست ما بلا بدون دون غير نفى نفت ينفي تنفي
    """.split()
)
"""Lower case; of the languages that desks work in most. Where none is known, nothing is asked."""


def negations(keys: Sequence[str], starts: Sequence[int]) -> list[tuple[int, str]]:
    """Where such words stand, in order, with the words; the "t" of "don't" is one."""
    found = []
    for at, key in enumerate(keys):
        word = key.lower()
        if word in NEGATIONS or (word == "t" and at and keys[at - 1] == "'"):
            found.append((starts[at], word))
    return found
