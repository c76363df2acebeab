"""What is public of published periods: computed from their archives, small groups hidden."""
