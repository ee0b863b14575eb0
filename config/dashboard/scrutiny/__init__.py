"""What a scrutiny panel gets: a sample a quarter, the measures, who read how much."""
