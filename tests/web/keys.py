"""What opens the doors of the tests' shop."""

PASSWORD, TOKEN = "correct horse", "api-token-of-the-tests"
