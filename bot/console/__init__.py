"""The staff's console: pages at /console for those who look after the content and the messages."""
