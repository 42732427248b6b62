"""What `make start` does on a machine that has nothing of ours.

It runs under the system's Python, before anything is installed: the standard library is all it has.
"""
