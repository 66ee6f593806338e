"""The verbs of this context: the only writers. Each takes the actor and the moment, and is one transaction."""
