"""Words whose full stop may not end a sentence (lower case, without the last stop)."""

from __future__ import annotations

_TITLES = """
mr mrs ms mx messrs dr prof rev fr hon st sr jr mt ft
gen lt capt cpt cmdr col maj sgt cpl pvt brig adm vadm radm cdr pfc spc
gov sen rep reps sens pres amb insp supt det
mme mlle mm me hr fr frau dipl ing
г-н г-жа ген полк подполк кап лейт сер проф акад им ул пер пл обл
"""
NEVER_END = frozenset(_TITLES.split()) | {"vs", "e.g", "i.e", "cf", "viz", "approx", "т.е", "т.к"}
"""Titles and the like: a name or more words always follow."""

BEFORE_A_NUMBER = frozenset("no nos nr n° art arts fig figs p pp para sec vol ch cl №".split())
"""Not an end when a number follows: "No. 5", but "He said no. Then ..."."""

_MONTHS_AND_NAMES = """
jan feb apr jun jul aug sep sept oct nov dec
inc ltd co corp bros dept est govt univ assn
etc al ca op cit ed eds
тыс млн млрд руб коп гг др проч
"""
MAY_END = frozenset(_MONTHS_AND_NAMES.split())
"""An end only when a word follows that usually begins a sentence."""

_STARTERS = """
the a an this that these those it he she they we i you his her their our its
in on at as but and or so if when while after before since however meanwhile
there here what who where why how no not yet still also then according
le la les un une il elle ils elles ce cette mais der die das ein eine er sie es aber
он она они оно мы это этот эта но а и в на по как при после
"""
STARTERS = frozenset(_STARTERS.split())
"""Words that usually begin a sentence after an abbreviation."""
