"""The workbooks of answers: results, quotas, rotation table, provenance."""
