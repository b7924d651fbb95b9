-- facts: what is said as of the day, each thing once: the ledger's rules look at these; who said it, and when, is in `heard`.
SELECT * FROM sayings WHERE fact IN (SELECT fact FROM heard)
