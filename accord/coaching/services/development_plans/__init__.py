"""Development plans: drafting, the wording both change, agreeing, and how it goes."""
