"""The platforms on which people chat with the bot."""
