"""Does the risk score predict? Files ranked as of past dates against the files that bug fixes touched in the year after."""
