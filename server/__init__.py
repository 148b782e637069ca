"""The server of Bao Phủ."""
