"""Demonstration data: the roster of a made-up city, accounts with one published password, matters in every state."""
