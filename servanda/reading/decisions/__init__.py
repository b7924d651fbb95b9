"""What grammar alone does not settle: trained decisions between the readings of a candidate, with their evidence."""
