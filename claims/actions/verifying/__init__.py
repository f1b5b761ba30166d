"""Whether all that a desk holds is as it says of itself; nothing is written.

Each check is a generator of breaches and, between them, of how many rows it has looked at since it
last said so. Memory does not grow with the desk. All of them but the last look at one moment of the
database, so that what is written meanwhile is no breach.
"""

from claims.actions.verifying.checks import CHECKS, verify
from claims.actions.verifying.shapes import Breach, Found

__all__ = ["CHECKS", "Breach", "Found", "verify"]
