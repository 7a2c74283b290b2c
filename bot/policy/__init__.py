"""What is decided of an enterprise: conditions, verdicts, amounts and the best combination. Pure."""
