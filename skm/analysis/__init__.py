"""What results mean: groups, strengths, shares, targets, trends, and the tables that show them."""
