"""All that a site holds as one file, and back; `docs/backup.md` says what is in it.

The file is the same whichever database it was made of, so that a site can move from one to another.
"""

from claims.actions.keeping.archive import Refused, Told
from claims.actions.keeping.backup import backup
from claims.actions.keeping.restore import restore

__all__ = ["Refused", "Told", "backup", "restore"]
