"""What a text says: values, places, commands and facts. Pure."""
