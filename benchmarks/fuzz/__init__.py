"""Broken files, made at random: each is read or refused in one sentence, in bounded time."""
