"""The commands of the contract that take cases: one from options, or many as JSON Lines."""
