"""What an edit of the content changes: in the content itself, and for the enterprises of cases and saved profiles."""
