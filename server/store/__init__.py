"""Memory: the tables, and the queries and writes that every room shares."""
