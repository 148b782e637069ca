"""Who answers for what: duties of people, and the plans that say what is to be reached."""
