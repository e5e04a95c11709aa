"""What would work before a scan begins: on this machine, and with this token on this account."""
