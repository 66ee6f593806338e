"""Brings the invented province into the program: reference data as sets, all else by the program's own actions."""
