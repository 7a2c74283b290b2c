"""The tests with made-up inputs, for longer, and led by what the inputs reach in the code."""
