"""Labels and cards: what stands on them, the sheets they are printed on, and the PDF at true size."""
