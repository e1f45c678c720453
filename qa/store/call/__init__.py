"""One call: registered, its words, what was found in it, what people said of it, what is gone."""
