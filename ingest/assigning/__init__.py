"""Tasks, who leads and takes part, by when; targets."""
