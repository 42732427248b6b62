"""How each message of `docs/symptoms.md` is brought about, on real servers.

A module for each system: `running()` starts what it takes, and `SAID` has, for a heading of the
page, a function that is given it and returns what was said.
"""
