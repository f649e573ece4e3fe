"""What both ends of the national exchange agree on: fields, payloads, numbered and signed batches, digests. No Django, no database."""
