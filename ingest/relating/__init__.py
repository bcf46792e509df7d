"""What one document does to another: implements, amends, replaces, is the basis of."""
