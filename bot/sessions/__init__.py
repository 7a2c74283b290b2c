"""Where a conversation is kept between two turns."""
