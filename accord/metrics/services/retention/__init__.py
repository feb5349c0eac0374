"""Old periods leave the database for files, come back for a dispute, and are forgotten in the end."""
