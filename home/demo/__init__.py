"""The demo province: invented counters and telephones around the real catalogue of procedures.

Its loader makes what is missing and leaves alone what exists, so it may run at every start.
Nothing here is used by a real portal.
"""
