"""借阅轮流表: which turns fit into a week."""
