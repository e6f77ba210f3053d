"""The clock: jobs that fall due, the claims on them, and the worker that runs them.

``jobs`` is the one table of what runs and when, ``schedule`` turns a crontab line into moments,
``claims`` lets several workers run each due job exactly once, ``worker`` ties them to the queues.
"""
