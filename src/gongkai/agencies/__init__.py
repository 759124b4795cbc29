"""Who: the tree of agencies, its history, the staff and their posts, and what each may do."""
