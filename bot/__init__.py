"""Policybot tells an enterprise which government policies it can claim, in a guided chat."""
