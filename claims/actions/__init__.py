"""What changes more than one row: one atomic function each, which writes its Change."""
