"""What must hold: one pure function per check, one module per ledger that is blamed."""
