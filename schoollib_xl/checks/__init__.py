"""What must hold: one pure function per check, in rooms by what is blamed."""
