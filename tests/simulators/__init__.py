"""Stand-ins for whole platforms: servers on loopback, built from the vendors' pages, not from the code under test."""
