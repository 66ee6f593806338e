"""A record kind is declared once; list, search, filter, detail, forms, bulk, Excel and JSON follow from it."""

from phaodai.foundation.registers.declaration import Bulk, ChoiceFilter, Column, Filter, FlagFilter, Register

__all__ = ["Bulk", "ChoiceFilter", "Column", "Filter", "FlagFilter", "Register"]
