"""Copies of the file that keeps the conversations."""
