from __future__ import annotations
def reporting_of(node, agencies): return ()
