"""Web processes of the portal as operators run them, side by side on one database."""
