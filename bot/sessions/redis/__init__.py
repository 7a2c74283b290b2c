"""Conversations, the outbox and the board in Redis: for several machines."""
