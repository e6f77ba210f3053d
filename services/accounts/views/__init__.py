"""Pages of accounts: each translates in, makes one call into the domain, translates out."""
