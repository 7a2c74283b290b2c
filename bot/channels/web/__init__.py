"""The chat page and its HTTP interface."""
