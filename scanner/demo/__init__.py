"""A made-up organisation and the GitHub that answers for it, for the demo and the tests."""
