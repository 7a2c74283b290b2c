"""Parts of the load: the bots as processes, the people, and how they come in."""
