"""From a free-text question to the clauses that answer it. Pure."""
