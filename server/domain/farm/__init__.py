"""The way of a household to recognition as an average farm household, QĐ 24/2021/QĐ-TTg."""
