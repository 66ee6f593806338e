"""Pages of sample data that show every component of the screens; for looking at, and for the browser tests."""
