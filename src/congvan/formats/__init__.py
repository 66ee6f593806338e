"""From a file to its text: one module per family of formats, each loaded only when it is needed."""
