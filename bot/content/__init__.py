"""Staff's YAML and templates, read strictly and checked before they are used."""
