"""The machinery of the course. It imports no lab, and no lab imports another."""
