"""The surveys page: figures, groups, bias, scores beside answers, the answers themselves."""
