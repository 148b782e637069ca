"""Who is missing, of which kind and on which list: what the steering pages and papers count by."""
