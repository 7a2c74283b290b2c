"""From an act of the dialog to the sentences a user reads."""
