"""WeCom: the self-built app, the AI bot and customer service, over one crypto and one client of its API."""
