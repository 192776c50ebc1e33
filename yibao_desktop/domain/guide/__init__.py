"""What the guide consists of: text, facts, topics, articles, answers, sources, doubts."""
