"""What the bot does next in a conversation. Pure."""
