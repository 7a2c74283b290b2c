"""The examples that the classifiers learn from, and the learning."""
