login = "none"
