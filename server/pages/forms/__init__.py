"""The insurance's forms as files."""
