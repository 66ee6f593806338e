from __future__ import annotations
def deadlines_of(passages, issued): return ()
