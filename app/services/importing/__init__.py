"""What comes in from spreadsheets: first a plan that can be read, then, if wanted, the same plan carried out (C12)."""
