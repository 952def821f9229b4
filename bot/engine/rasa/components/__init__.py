"""The parts of Rasa's pipeline that are ours: what a customer means."""
