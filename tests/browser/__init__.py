"""The four roles at work in a real browser, against a server with a database of its own."""
