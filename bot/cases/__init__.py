"""Staff's own tests: cases (facts on a day and what must come of them) and conversations, read, run and told."""
