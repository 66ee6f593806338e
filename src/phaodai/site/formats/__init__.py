"""How people type days and moments, in the languages of the screens."""
