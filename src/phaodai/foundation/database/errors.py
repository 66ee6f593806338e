"""What goes wrong with the database, in one line for the person at the keyboard."""


class DatabaseUnavailable(Exception):  # noqa: N818 (a state, and read so where it is caught)
    """No database to work with; the message says why and how to mend it, on one line and without passwords."""
