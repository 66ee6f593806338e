from __future__ import annotations
def quantities_of(passages, deadlines): return ()
