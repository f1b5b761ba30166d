"""Learning from the desk: a light sequence model, trained on what its people approved."""
