"""What staff may write in each file, from the shapes that read it: JSON Schemas for editors, and a page to read."""
