"""A procedure and its case: questions, steps, papers, stages."""
