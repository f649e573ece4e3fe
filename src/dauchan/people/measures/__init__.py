"""What heads did about staff who do not scan: records of the agency, with names for its head and counts for everybody above."""
