"""What goes wrong with the database, in one line for the person at the keyboard."""


class DatabaseUnavailable(Exception):
    """No database to work with; the message says why and how to mend it, on one line and without passwords."""
