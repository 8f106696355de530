"""One small broken example per check; the catalogue shows it and the tests run it."""
