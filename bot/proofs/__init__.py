"""What a clause says of one enterprise, condition by condition, with the working of the sum."""
