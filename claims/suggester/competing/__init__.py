"""What may compete with a claim, and what may say the same: ranked, with signs, and no verdict.

Nothing here calls two claims a contradiction. It finds what a person can check (two numbers that
can't both be so, another cause, a "no" against a "yes") and puts first what has most of it.
"""

from claims.suggester.competing.duplicates import alike
from claims.suggester.competing.score import Proposal, compare, rank, weights
from claims.suggester.competing.shapes import Answer, Number, Sign, Statement

ENGINE = "rules 1"
"""What stands in a link's note as the origin of what was proposed; counts up when rules change."""

__all__ = [
    "ENGINE",
    "Answer",
    "Number",
    "Proposal",
    "Sign",
    "Statement",
    "alike",
    "compare",
    "rank",
    "weights",
]
